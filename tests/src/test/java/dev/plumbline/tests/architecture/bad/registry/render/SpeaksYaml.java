package dev.plumbline.tests.architecture.bad.registry.render;

import org.yaml.snakeyaml.Yaml;

/** A library away from its home. */
public final class SpeaksYaml {

    /** Parses with a library that lives elsewhere. */
    public Object parse(String text) {
        return new Yaml().load(text);
    }
}
