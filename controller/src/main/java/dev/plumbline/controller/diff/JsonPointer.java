package dev.plumbline.controller.diff;

import java.util.ArrayList;
import java.util.List;

/** Names fields in plain trees (RFC 6901): {@code /metadata/annotations/example.com~1owner}, {@code /spec/ports/0}. */
final class JsonPointer {

    private JsonPointer() {}

    /** The pointer of a child. */
    static String child(String parent, String element) {
        return parent + "/" + element.replace("~", "~0").replace("/", "~1");
    }

    /** The elements of a pointer. */
    static List<String> elements(String pointer) {
        List<String> elements = new ArrayList<>();
        for (String part : pointer.split("/", -1)) {
            elements.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return elements.subList(1, elements.size());
    }
}
