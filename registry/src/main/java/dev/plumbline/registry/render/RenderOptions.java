package dev.plumbline.registry.render;

/**
 * What a rendering may be asked for beyond kustomize's own behaviour. Part of every cache key and of what determines a Release:
 * equal files with equal options render to equal objects.
 *
 * @param argo whether Argo's objects are treated as kustomize treats built-in kinds: lists merge by name, images are reached,
 *     references are renamed
 */
public record RenderOptions(boolean argo) {

    /** Exactly what kustomize renders. */
    public static final RenderOptions PLAIN = new RenderOptions(false);

    /** With Argo awareness. */
    public static final RenderOptions ARGO = new RenderOptions(true);

    /** These options in a cache key or a stored value; stable across versions. */
    public String key() {
        return "argo=" + argo;
    }
}
