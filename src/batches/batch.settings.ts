import { z } from 'zod';
import { loadYaml, type YamlSource } from '../platform/config/index.js';

const settingsFile = z.strictObject({
  sharedAccountWarningAbove: z.number().int().min(1),
  ceilingPerPerson: z.array(z.string()).default([]),
});

/** config/batches.yaml, read once at boot. */
export class BatchSettings {
  private constructor(private readonly file: z.infer<typeof settingsFile>) {}

  /** @throws SettingsError naming the field that is wrong. */
  static load(source: YamlSource): BatchSettings {
    return new BatchSettings(loadYaml(source, 'batches.yaml', settingsFile));
  }

  /** An account that more people than this are paid into is worth a look. */
  get sharedAccountWarningAbove(): number {
    return this.file.sharedAccountWarningAbove;
  }

  /** Whether the programme's ceiling holds for a person's lines together, and not only for each line. */
  ceilingHoldsPerPerson(programme: string): boolean {
    return this.file.ceilingPerPerson.includes(programme);
  }
}
