package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/**
 * What a rule says about an object, without where the object stands, so that it holds wherever the same content stands.
 *
 * @param rule id of the rule
 * @param group who would stop it
 * @param severity how bad it is, by the rule
 * @param path keys and list positions (decimal) from the object's root
 * @param message what is wrong
 * @param fix what to do
 */
record Remark(String rule, Group group, Severity severity, List<String> path, String message, String fix) {

    /** Keeps its own copy. */
    Remark {
        path = List.copyOf(path);
    }

    /**
     * It as a finding at the object's place.
     *
     * @param release whether an error of a rule that nobody else checks is a warning
     */
    Finding about(Manifest object, boolean release) {
        boolean capped = release && severity == Severity.ERROR && !group.blocks();
        return new Finding(
                rule,
                capped ? Severity.WARNING : severity,
                object.locate(path.toArray(String[]::new)),
                object.key(),
                message,
                fix);
    }
}
