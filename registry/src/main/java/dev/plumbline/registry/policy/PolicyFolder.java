package dev.plumbline.registry.policy;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One folder of policies: {@code policy.yaml}, {@code binding.yaml} and further YAML files with parameters; examples in
 * {@code allowed/} and {@code denied/}.
 *
 * @param path its path
 * @param objects policies, bindings and parameters
 * @param allowed objects of each file that the policies must let pass
 * @param denied objects of each file that the policies must refuse
 * @param findings what could not be read
 */
public record PolicyFolder(
        String path,
        List<Manifest> objects,
        Map<String, List<Manifest>> allowed,
        Map<String, List<Manifest>> denied,
        List<Finding> findings) {

    /** The file that makes a folder one of policies. */
    public static final String POLICY_FILE = "policy.yaml";

    /** Most files of one folder that are read. */
    public static final int MAX_FILES = 1_000;

    private static final Pattern YAML = Pattern.compile("[^/]+\\.ya?ml");

    /** Keeps its own copies. */
    public PolicyFolder {
        objects = List.copyOf(objects);
        findings = List.copyOf(findings);
    }

    /** Whether a file, by its path in the folder, is read: YAML of the folder and of its folders of examples. */
    public static boolean reads(String file) {
        String name = file.startsWith("allowed/") ? file.substring("allowed/".length()) : file;
        name = file.startsWith("denied/") ? file.substring("denied/".length()) : name;
        return YAML.matcher(name).matches();
    }

    /**
     * Reads a folder.
     *
     * @param path its path, for locations
     * @param files contents by path in the folder
     */
    public static PolicyFolder of(String path, Map<String, byte[]> files) {
        List<Finding> findings = new ArrayList<>();
        List<Manifest> objects = new ArrayList<>();
        Map<String, List<Manifest>> allowed = new TreeMap<>();
        Map<String, List<Manifest>> denied = new TreeMap<>();
        if (files.size() > MAX_FILES) {
            findings.add(Finding.error(
                    "policy-too-many-files",
                    Location.of(path),
                    "the folder holds more than " + MAX_FILES + " files",
                    "split it"));
        }
        new TreeMap<>(files).entrySet().stream().limit(MAX_FILES).forEach(file -> {
            if (reads(file.getKey())) {
                String place = path.isEmpty() ? file.getKey() : path + "/" + file.getKey();
                List<Manifest> read = parse(place, file.getValue(), findings);
                if (file.getKey().startsWith("allowed/")) {
                    allowed.put(place, read);
                } else if (file.getKey().startsWith("denied/")) {
                    denied.put(place, read);
                } else {
                    objects.addAll(read);
                }
            }
        });
        return new PolicyFolder(path, objects, allowed, denied, findings);
    }

    private static List<Manifest> parse(String file, byte[] content, List<Finding> findings) {
        YamlDocuments documents = YamlParser.parse(file, content);
        findings.addAll(documents.findings());
        List<Manifest> objects = new ArrayList<>();
        if (documents.broken()) {
            return objects;
        }
        for (YamlNode document : documents.documents()) {
            if (document instanceof YamlMap map) {
                objects.add(Manifest.of(map, Origin.of(document.location())));
            } else {
                findings.add(Finding.error(
                        "policy-not-an-object", document.location(), "this is no Kubernetes object", "write a map"));
            }
        }
        return objects;
    }
}
