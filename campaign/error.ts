/** The campaign's own machinery failed, which says nothing of the suite. Exit code 3. */
export class CampaignError extends Error {
  override readonly name = 'CampaignError';
}
