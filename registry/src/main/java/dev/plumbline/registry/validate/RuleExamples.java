package dev.plumbline.registry.validate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The examples of rules: what breaks a rule, and what does the same without breaking it. */
public final class RuleExamples {

    private RuleExamples() {}

    /** YAML that breaks a rule; {@code # expect: <rule>} ends each line that a finding is at. */
    public static String bad(Rule rule) {
        return read(rule, "bad.yaml");
    }

    /** YAML that keeps to it. */
    public static String good(Rule rule) {
        return read(rule, "good.yaml");
    }

    private static String read(Rule rule, String name) {
        String resource = "rules/" + rule.id() + "/" + name;
        try (InputStream in = RuleExamples.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("tried to read the program's own resource " + resource, e);
        }
    }
}
