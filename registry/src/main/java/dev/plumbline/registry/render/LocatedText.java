package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlParser;

/**
 * A text with its place.
 *
 * @param block whether it is a block, whose lines begin below the place
 */
record LocatedText(String value, Location place, boolean block) {

    /** A text of one line. */
    LocatedText(String value, Location place) {
        this(value, place, false);
    }

    /**
     * The YAML documents that it holds.
     *
     * @param part the part of it that is looked at
     */
    YamlDocuments documents(String part) {
        int skipped = (int)
                value.substring(0, Math.max(0, value.indexOf(part))).lines().count();
        return block
                ? YamlParser.parse(new Location(place.file(), place.line() + 1 + skipped, 0), part)
                : YamlParser.parseQuoted(place, part);
    }
}
