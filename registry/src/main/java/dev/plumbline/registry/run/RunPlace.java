package dev.plumbline.registry.run;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import java.util.regex.Pattern;

/** What names of things in the store that belong to one run end with: two parts that no run can choose freely. */
public final class RunPlace {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9:-]{1,80}");

    private RunPlace() {}

    /** The place of a run. */
    public static String of(RunId id) {
        return part(id.uid()) + "/" + (id.attempt().isEmpty() ? "none" : part(id.attempt()));
    }

    /** What a hostile object says of itself must not choose a name in the store. */
    private static String part(String text) {
        return PART.matcher(text).matches() ? text : Digest.of(text).hex();
    }
}
