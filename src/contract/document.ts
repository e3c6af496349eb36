import type { OpenAPIV3_1 } from 'openapi-types';
import type { Guard, Sensitivity } from './model.ts';
import type { Schema, SourceMap } from './schema.ts';

/** What is written once and referred to, or written in place. */
export type OrRef<T> = T | { readonly $ref: string };

type Origin = 'guide' | 'client';

/** A schema as written: `$ref` not yet resolved. */
export type WrittenSchema = Schema & { readonly $ref?: string };

export interface WrittenParameter
  extends Pick<OpenAPIV3_1.ParameterObject, 'name' | 'required' | 'description'> {
  readonly in: 'header';
  readonly schema: WrittenSchema;
  readonly 'x-presence'?: 'conditional';
  readonly 'x-guards'?: Guard;
  readonly 'x-sensitive'?: Sensitivity;
  readonly 'x-origin'?: Origin;
  readonly 'x-source'?: SourceMap;
}

export type WrittenHeader = Omit<WrittenParameter, 'name' | 'in'>;

interface WrittenContent {
  readonly 'application/json': { readonly schema: WrittenSchema };
}

export interface WrittenBody {
  readonly content: WrittenContent;
  readonly 'x-encrypted': boolean;
  readonly 'x-origin'?: Origin;
  readonly 'x-source'?: SourceMap;
}

export interface WrittenResponse extends Pick<OpenAPIV3_1.ResponseObject, 'description'> {
  readonly headers?: Readonly<Record<string, OrRef<WrittenHeader>>>;
  readonly content: WrittenContent;
  readonly 'x-encrypted'?: boolean;
  readonly 'x-origin'?: Origin;
  readonly 'x-source'?: SourceMap;
}

export interface WrittenOperation extends Pick<OpenAPIV3_1.OperationObject, 'description' | 'tags'> {
  readonly operationId: string;
  readonly summary: string;
  readonly 'x-page': { readonly number: string; readonly version: string };
  readonly 'x-mode': 'sync' | 'async';
  readonly 'x-source': SourceMap;
  readonly parameters: readonly OrRef<WrittenParameter>[];
  readonly requestBody: WrittenBody;
  readonly responses: Readonly<Record<string, OrRef<WrittenResponse>>>;
}

/**
 * The OpenAPI document as written, once it has the shape of `specs/schemas/document.schema.json`: OpenAPI 3.1 with
 * only the words that this suite tests.
 */
export interface WrittenDocument {
  readonly openapi: string;
  readonly info: OpenAPIV3_1.InfoObject;
  readonly paths: Readonly<Record<string, { readonly post: WrittenOperation }>>;
  readonly components?: {
    readonly parameters?: Readonly<Record<string, WrittenParameter>>;
    readonly headers?: Readonly<Record<string, WrittenHeader>>;
    readonly responses?: Readonly<Record<string, WrittenResponse>>;
    readonly schemas?: Readonly<Record<string, WrittenSchema>>;
  };
}
