import type { EnvelopePlace, Platform } from '../contract/model.ts';
import { getPointer, type JsonValue } from '../json/json.ts';
import type { EnvelopePointers, OpenedBody } from './answer.ts';

/** The code and message of an answer, where they stood, and the interpretations that this shows. */
export interface Envelope {
  readonly code: JsonValue;
  readonly codeAt: string;
  readonly message: JsonValue | undefined;
  readonly messageAt: string;
  readonly interpretations: readonly string[];
}

/** Where an answer may have its code and message. */
type Places = Platform['envelope'];

/**
 * Finds code and message: where the profile says, or else wherever the documents allow; in an encrypted answer first
 * in the plain text, then beside the message. Undefined when there is no code.
 */
export function findEnvelope(
  body: OpenedBody,
  pinned: EnvelopePointers,
  places: Places,
): Envelope | undefined {
  const allowed = allowedPlaces(pinned, places);
  if (body.form === 'plain') return findIn(body.value, allowed);
  if (body.form === 'sealed') return findIn(body.outer, allowed);
  if (body.form !== 'encrypted') return undefined;
  const inside = findIn(body.value, allowed);
  if (inside) return withInterpretation(inside, places.encrypted.inside);
  const beside = findIn(body.outer, allowed);
  return beside && withInterpretation(beside, places.encrypted.beside);
}

/** Where a code was looked for, for a person. */
export function envelopePlaces(pinned: EnvelopePointers, places: Places): string {
  return [...new Set(allowedPlaces(pinned, places).map(({ code }) => code))].join(' or ');
}

function allowedPlaces(
  { code, message }: EnvelopePointers,
  { places, ofProfile }: Places,
): readonly EnvelopePlace[] {
  if (code === undefined && message === undefined) return places;
  const [usual] = places;
  return [{ code: code ?? usual.code, message: message ?? usual.message, interpretation: ofProfile }];
}

function findIn(value: JsonValue, allowed: readonly EnvelopePlace[]): Envelope | undefined {
  const found = allowed
    .map((place) => ({
      place,
      code: getPointer(value, place.code),
      message: getPointer(value, place.message),
    }))
    .filter(({ code }) => code !== undefined)
    .sort((a, b) => Number(b.message !== undefined) - Number(a.message !== undefined))[0];
  if (found?.code === undefined) return undefined;
  const { place, code, message } = found;
  return {
    code,
    codeAt: place.code,
    message,
    messageAt: place.message,
    interpretations: [place.interpretation],
  };
}

function withInterpretation(envelope: Envelope, interpretation: string): Envelope {
  return { ...envelope, interpretations: [...envelope.interpretations, interpretation] };
}
