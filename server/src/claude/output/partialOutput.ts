/** Structured output while it comes. */
import type { DeepPartial } from '../stream/deepPartial.ts';
import type { MessageStream } from '../stream/messageStream.ts';
import { PartialJson } from '../stream/partialJson.ts';
import type { OutputFormat } from './output.ts';

/**
 * What there is of an answer each time that more of it has come: the same value as before, grown. It is as the model
 * writes it, unchecked: `outputOf` gives the value of the whole answer. Reads the stream; each character is read once.
 * @param _format The `output_config.format` of the request: it has the type.
 */
export async function* partialOutputs<Written>(
  _format: OutputFormat<unknown, Written>,
  stream: MessageStream,
): AsyncGenerator<DeepPartial<Written>, undefined> {
  let json = new PartialJson();
  for await (const event of stream) {
    // Text that is no JSON comes before the answer, if at all.
    if (event.type === 'content_block_start' && json.state === 'invalid') json = new PartialJson();
    if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') continue;
    json.push(event.delta.text);
    // The service holds the model to the schema: as far as it goes, this is of its type.
    if (json.state !== 'invalid' && json.value !== undefined) yield json.value as DeepPartial<Written>;
  }
}
