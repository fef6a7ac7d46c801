/**
 * Who signs people in for the gateway. Documentation values: nobody holds the private key, so no token is believed until
 * issuer, audience and keys are replaced by those of the operator. A change is a change of the signed code.
 */
export const issuer = {
  issuer: 'https://id.example.eu/',
  audience: 'enclave-gateway',
  keys: [
    {
      kty: 'EC',
      kid: 'example-1',
      crv: 'P-256',
      x: 'XUO-ExZ0EyCqXovfxtnfBgOPf5W5aamP0gAMo-NTpxA',
      y: 'cOZcaC7GhACc6-ARNJM9psF6Nw74Ym70H_eC0xghhDY',
    },
  ],
};
