package dev.plumbline.registry.release;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.policy.PolicyFolder;
import dev.plumbline.registry.policy.PolicyJudge;
import dev.plumbline.registry.policy.PolicySet;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.Snapshot.Entry;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a repository, as a commit has them: each folder below {@value #FOLDER} that holds a {@code policy.yaml}. Compiled
 * policies are kept until the folder changes. Safe for many threads.
 */
public final class PolicyFiles {

    /** The folder of policies. */
    public static final String FOLDER = "policies";

    /** Most folders of policies that are read. */
    public static final int MAX_FOLDERS = 500;

    private @Nullable Known newest;

    private record Known(String id, PolicyJudge judge, List<Finding> findings) {}

    /**
     * What the policies of a commit have against a rendering, and what is wrong with them.
     *
     * @throws SourceException when the Snapshot cannot be read
     */
    public List<Finding> judge(Snapshot snapshot, List<Manifest> rendered) throws SourceException {
        return judge(snapshot, rendered, rendered);
    }

    /**
     * The same about some of the objects that are there.
     *
     * @param objects what is judged
     * @param there everything that is there with them
     * @throws SourceException when the Snapshot cannot be read
     */
    public List<Finding> judge(Snapshot snapshot, List<Manifest> objects, List<Manifest> there) throws SourceException {
        Known known = known(snapshot);
        List<Finding> findings = new ArrayList<>(known.findings());
        findings.addAll(known.judge().judge(objects, there));
        return findings;
    }

    /**
     * What identifies all policies of a commit; empty without any.
     *
     * @throws SourceException when the Snapshot cannot be read
     */
    public static String id(Snapshot snapshot) throws SourceException {
        Entry folder = snapshot.find(FOLDER);
        return folder == null || folder.type() != Entry.Type.FOLDER ? "" : folder.id();
    }

    private synchronized Known known(Snapshot snapshot) throws SourceException {
        String id = id(snapshot);
        Known known = newest;
        if (known == null || !known.id().equals(id)) {
            known = id.isEmpty() ? new Known(id, new PolicyJudge(PolicySet.NONE), List.of()) : read(snapshot, id);
            newest = known;
        }
        return known;
    }

    private static Known read(Snapshot snapshot, String id) throws SourceException {
        List<Manifest> objects = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        int folders = 0;
        for (Entry entry : snapshot.list(FOLDER)) {
            String path = FOLDER + "/" + entry.name();
            if (entry.type() != Entry.Type.FOLDER || snapshot.find(path + "/" + PolicyFolder.POLICY_FILE) == null) {
                continue;
            }
            if (++folders > MAX_FOLDERS) {
                findings.add(Finding.error(
                        "policy-too-many-folders",
                        Location.of(FOLDER),
                        "there are more than " + MAX_FOLDERS + " folders of policies; the others are not asked",
                        "put several policies into one folder"));
                break;
            }
            PolicyFolder read = PolicyFolder.of(path, files(snapshot, path));
            objects.addAll(read.objects());
            findings.addAll(read.findings());
        }
        return new Known(id, new PolicyJudge(PolicySet.of(objects)), List.copyOf(findings));
    }

    /** Examples are not read: they are for tests. */
    private static Map<String, byte[]> files(Snapshot snapshot, String path) throws SourceException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Entry entry : snapshot.list(path)) {
            if (entry.type() == Entry.Type.FILE && PolicyFolder.reads(entry.name())) {
                files.put(entry.name(), snapshot.read(entry));
            }
        }
        return files;
    }
}
