/** A transfer in full, as bundled with the export function. */
import { z } from 'zod';
import { transferSchema } from '../decision/facts';
import type { Transfer } from '../transfer';

/**
 * The register was checked in full when the bundle was made and is checked again before each export. Here: that it is a
 * row, and of a class that may leave.
 */
export const exportedTransferSchema = z.custom<Transfer>(
  (row) =>
    z
      .looseObject({
        id: transferSchema.shape.id,
        from: z.string(),
        to: z.looseObject({ name: z.string(), country: z.string(), region: z.string() }),
        class: z.enum(['interoperable', 'public', 'aggregate']),
        dataset: transferSchema.shape.dataset,
        expires: z.iso.date(),
      })
      .safeParse(row).success,
  'is no transfer of config/transfers.ts',
);
