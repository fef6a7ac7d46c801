#!/usr/bin/env bash
# What a change means for residency, for any CI system:
#
#   scripts/ci/residency.sh --base REVISION [HEAD]     HEAD: an assembly; synthesised to cdk.out when it is not named
#   scripts/ci/residency.sh BASE HEAD                  two assemblies or templates
#
# Writes residency.md, residency.sarif and residency.json into $OUTPUT (default: residency) and prints the text form.
# $WAIVERS, $TRANSFERS, $STORES, $ACCEPTED name registers; empty means none. Anything else goes to `enclave diff` after `--`.
# Exit 0: nothing widened that no registered exception covers; 1: something did; 2: it could not be told.
set -euo pipefail

output=${OUTPUT:-residency}
sides=()
more=()
while [ $# -gt 0 ]; do
  case $1 in
    --base) sides+=(--base "${2:?--base needs a revision}"); shift 2 ;;
    --) shift; more=("$@"); break ;;
    *) sides+=("$1"); shift ;;
  esac
done

if [ ${#sides[@]} -eq 2 ] && [ "${sides[0]}" = --base ]; then
  # Findings end the synthesis with 1 and leave the templates, which are what is compared.
  npx cdk synth --quiet --output cdk.out || echo "residency: the synthesis of the head ended with $?" >&2
  if [ ! -f cdk.out/manifest.json ]; then echo "residency: cdk synth wrote no assembly" >&2; exit 2; fi
  sides+=(cdk.out)
fi

for register in waivers transfers stores accepted; do
  name=${register^^}
  if [ -n "${!name:-}" ]; then more+=("--$register" "${!name}"); fi
done

mkdir -p "$output"
exec npx enclave diff "${sides[@]}" ${more[@]+"${more[@]}"} --fail-on widened \
  --write "markdown=$output/residency.md" --write "sarif=$output/residency.sarif" --write "json=$output/residency.json"
