package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import java.util.stream.Collectors;

/** Everything that a rendering says, as one text to compare. */
public final class RenderingText {

    private RenderingText() {}

    /** Objects in their order with origins and places, findings in their order, and the read set. */
    public static String of(Rendering rendering) {
        return rendering.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"))
                + "\n\n"
                + rendering.objects().stream().map(RenderingText::of).collect(Collectors.joining("\n"))
                + "\n\n"
                + String.join("\n", rendering.readSet());
    }

    private static String of(Manifest object) {
        return object.key() + " " + object.digest() + "\n" + object.origin() + "\n" + object.locate("spec") + " "
                + object.locate("data") + " " + object.locate("metadata", "labels") + "\n"
                + Json.pretty(object.content());
    }
}
