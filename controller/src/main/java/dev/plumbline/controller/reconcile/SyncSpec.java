package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.plan.DeletionBudget;
import dev.plumbline.registry.model.SyncId;

/**
 * What one sync keeps applied.
 *
 * @param id its name
 * @param url the repository, without credentials
 * @param branch the branch to follow; empty for the repository's own
 * @param path the overlay
 * @param budget how much one plan may delete without a confirmation
 */
public record SyncSpec(SyncId id, String url, String branch, String path, DeletionBudget budget) {}
