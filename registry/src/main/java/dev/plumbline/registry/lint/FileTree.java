package dev.plumbline.registry.lint;

import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.Snapshot.Entry;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files of a repository that lint may have to look at. Hidden folders and files, links and ignored folders are left out. */
final class FileTree {

    /** Most files and folders that are looked at. */
    static final int MAX_ENTRIES = 200_000;

    private static final Pattern MANIFEST = Pattern.compile("(?i).*\\.(ya?ml|json)");

    private final Snapshot snapshot;
    private final Set<String> ignored;
    private final SortedSet<String> kustomizations = new TreeSet<>();
    private final SortedSet<String> manifests = new TreeSet<>();
    private int entries;

    /**
     * A tree of which nothing is known yet.
     *
     * @param ignored paths of folders that are left out
     */
    FileTree(Snapshot snapshot, Set<String> ignored) {
        this.snapshot = snapshot;
        this.ignored = Set.copyOf(ignored);
    }

    /** Looks at everything below a folder; at the file, if it is one. */
    void look(String root) throws SourceException {
        Entry entry = snapshot.find(root);
        if (entry != null && entry.type() == Entry.Type.FILE) {
            file(root);
            return;
        }
        Deque<String> folders = new ArrayDeque<>();
        folders.add(root);
        while (!folders.isEmpty() && !isFull()) {
            String folder = folders.removeFirst();
            for (Snapshot.Child child : snapshot.children(folder)) {
                String path = folder.isEmpty() ? child.name() : folder + "/" + child.name();
                if (child.name().startsWith(".") || ignored.contains(path)) {
                    continue;
                }
                entries++;
                if (child.type() == Entry.Type.FOLDER) {
                    folders.addLast(path);
                } else if (child.type() == Entry.Type.FILE
                        && (isKustomization(child.name())
                                || MANIFEST.matcher(child.name()).matches())) {
                    file(path);
                }
            }
        }
    }

    private void file(String path) {
        int slash = path.lastIndexOf('/');
        if (isKustomization(path.substring(slash + 1))) {
            kustomizations.add(path.substring(0, Math.max(0, slash)));
        } else {
            manifests.add(path);
        }
    }

    private static boolean isKustomization(String name) {
        return Renderer.KUSTOMIZATION_FILES.contains(name);
    }

    /** Whether there was more than was looked at. */
    boolean isFull() {
        return entries > MAX_ENTRIES;
    }

    /** Folders with a kustomization. */
    SortedSet<String> kustomizations() {
        return kustomizations;
    }

    /** Other files that may hold objects. */
    SortedSet<String> manifests() {
        return manifests;
    }
}
