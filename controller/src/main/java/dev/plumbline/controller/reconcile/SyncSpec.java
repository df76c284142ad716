package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.render.RenderOptions;

/**
 * What one sync keeps applied.
 *
 * @param id its name
 * @param url the repository, without credentials
 * @param branch the branch to follow; empty for the repository's own
 * @param path the overlay, clean, from the repository's root; empty for the root
 * @param budget how much one plan may delete without a confirmation
 * @param argo whether the overlay is rendered with Argo awareness
 * @param rules how it acts
 */
public record SyncSpec(
        SyncId id, String url, String branch, String path, DeletionBudget budget, boolean argo, SyncRules rules) {

    /** With the rules of {@code up}. */
    public SyncSpec(SyncId id, String url, String branch, String path, DeletionBudget budget, boolean argo) {
        this(id, url, branch, path, budget, argo, SyncRules.STANDARD);
    }

    /** How the overlay is rendered; everything that renders for the sync uses one renderer with these options. */
    public RenderOptions options() {
        return argo ? RenderOptions.ARGO : RenderOptions.PLAIN;
    }
}
