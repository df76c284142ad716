package dev.plumbline.registry.yaml;

import dev.plumbline.registry.finding.Finding;
import java.util.List;

/**
 * What a YAML file holds. The nodes may be changed by whoever parsed the file; whoever shares them copies first.
 *
 * @param documents its documents in order, without empty ones
 * @param findings what is wrong or ambiguous; with an error among them the documents may be incomplete and must not be used
 */
public record YamlDocuments(List<YamlNode> documents, List<Finding> findings) {

    /** Keeps its own copies. */
    public YamlDocuments {
        documents = List.copyOf(documents);
        findings = List.copyOf(findings);
    }

    /** Whether a finding forbids the use of the documents. */
    public boolean broken() {
        return Finding.anyError(findings);
    }
}
