package dev.plumbline.controller.diff;

/**
 * Who owns a field, as {@code metadata.managedFields} says.
 *
 * @param manager field manager
 * @param applied whether by server-side apply, not by another write
 * @param subresource the subresource through which it was written; empty for the object itself
 */
public record FieldOwner(String manager, boolean applied, String subresource) {

    /** The name under which Plumbline applies. */
    public static final String OURS = "plumbline";

    /** Whether we own it by an apply; another write under our name is somebody else's. */
    public boolean isOurs() {
        return applied && manager.equals(OURS);
    }

    /** For people: {@code kubectl-edit}, {@code kube-controller-manager through scale}. */
    @Override
    public String toString() {
        return manager + (subresource.isEmpty() ? "" : " through " + subresource);
    }
}
