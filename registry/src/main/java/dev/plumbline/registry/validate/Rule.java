package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;

/** One thing that rendered objects must keep to. Without state: the same objects give the same findings. */
public interface Rule {

    /** Stable id in kebab case; also the name of the folder of its examples. */
    String id();

    /** Who would stop what it finds. */
    Group group();

    /** How bad it is to break it. A rule that is sure of some of its findings only says so finding by finding. */
    default Severity severity() {
        return Severity.ERROR;
    }

    /** What it asks for, in one sentence. */
    String description();

    /**
     * Reports what is wrong with one object.
     *
     * @param object the object
     * @param set everything that is rendered with it
     */
    void check(Manifest object, RenderedSet set, Report report);
}
