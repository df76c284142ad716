package dev.plumbline.registry.render;

/**
 * What a kustomization has gathered so far: objects, and the configuration that its files brought. A base has its own; a
 * component works upon that of the kustomization that names it.
 */
final class Accumulation {

    /** The objects in their order. */
    final Resources resources;

    /** The vars, replaced when the whole build is done. */
    final Vars vars;

    /** Which fields transformers reach, from here on upwards. */
    Configuration configuration = ConfigurationReader.byDefault();

    Accumulation(Problems problems) {
        resources = new Resources(problems);
        vars = new Vars(problems);
    }
}
