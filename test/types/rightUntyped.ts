/** Requests of programs without types, which are only checked at run time: all of them compile. */
import { create, type Right } from './program.ts';

/** Every place of a request where something may stand that is not typed. */
export function untyped(): readonly Right[] {
  const places = [
    'model: any, max_tokens: 9, messages: hi',
    "model: 'claude-opus-5-5', max_tokens: any, messages: any",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: [any]",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: [{ role: any, content: any }]",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: [{ role: 'user', content: [any] }]",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: any, content: any }] }]",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: hi, thinking: any, output_config: any, tools: any, tool_choice: any",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: hi, thinking: { type: any }, output_config: { effort: any, format: any }",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: hi, output_config: { format: { type: 'json_schema', schema: any } }",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: hi, tools: [any], tool_choice: { type: 'auto' }",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: hi, tools: [{ name: any, input_schema: any, strict: any }]",
    "model: 'claude-opus-5-5', max_tokens: 9, messages: hi, context_management: any, fallbacks: any, mcp_servers: any, thread: any, system: any, cache_control: any, speed: any",
    "...any, model: 'claude-opus-5-5'",
  ];
  const requests = places.map((fields): Right => [`what is not typed: ${fields}`, create(fields)]);
  const builder = 'claude.message().model(any).maxTokens(any).user(any).tools(any).thinking(any).messages(any).send();';
  return [...requests, ['a request that is not typed', 'claude.messages.stream(any).text();'], ['a builder', builder]];
}
