package dev.plumbline.controller.local.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactStoreTest {

    @TempDir
    private Path folder;

    @Test
    void foldersComeBackWithLongNamesEmptyFoldersAndExecutables() throws Exception {
        Path source = folder.resolve("rows");
        String longName = "ä" + "x".repeat(120) + "/" + "y".repeat(150);
        Files.createDirectories(source.resolve(longName).getParent());
        Files.createDirectories(source.resolve("empty"));
        Files.writeString(source.resolve(longName), "long");
        Files.write(source.resolve("block"), new byte[1024]);
        Files.writeString(source.resolve("run.sh"), "true");
        assertTrue(source.resolve("run.sh").toFile().setExecutable(true));
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        store.put("a/rows.tgz", source, Packing.TAR);
        Path target = folder.resolve("in/there");
        store.get("a/rows.tgz", target, Packing.TAR);
        assertEquals("long", Files.readString(target.resolve(longName)));
        assertEquals(1024, Files.size(target.resolve("block")));
        assertTrue(Files.isDirectory(target.resolve("empty")));
        assertTrue(Files.isExecutable(target.resolve("run.sh")));
        assertFalse(Files.isExecutable(target.resolve("block")));
    }

    @Test
    void aTarIsCompressedAsMuchAsIsAsked() throws Exception {
        Path source = Files.writeString(folder.resolve("rows"), "a row like the one before\n".repeat(5000));
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        List<Long> sizes = new ArrayList<>();
        for (int level : List.of(0, -2, 1, 9)) {
            sizes.add(store.put("rows.tgz", source, Packing.TAR, level).bytes());
            Path target = folder.resolve("in/" + level);
            store.get("rows.tgz", target, Packing.TAR);
            assertEquals(-1, Files.mismatch(source, target));
        }
        assertTrue(sizes.getFirst() > Files.size(source), sizes.toString());
        assertEquals(sizes.reversed(), sizes.stream().sorted().toList());
    }

    @Test
    void zipsComeBackAndArchivesAreKnownByTheirContent() throws Exception {
        Path source = Files.createDirectories(folder.resolve("rows/empty")).getParent();
        Files.writeString(source.resolve("ä"), "text");
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        ArtifactStore.Stored first = store.put("rows.zip", source, Packing.ZIP);
        Files.setLastModifiedTime(source.resolve("ä"), java.nio.file.attribute.FileTime.fromMillis(1000));
        assertEquals(first, store.put("again.zip", source, Packing.ZIP));
        // The reader need not say how it was packed.
        store.get("rows.zip", folder.resolve("there"), Packing.TAR);
        assertEquals("text", Files.readString(folder.resolve("there/ä")));
        assertTrue(Files.isDirectory(folder.resolve("there/empty")));
        store.get("rows.zip", folder.resolve("as-is"), Packing.NONE);
        assertEquals(first.bytes(), Files.size(folder.resolve("as-is")));
        store.put("plain", source.resolve("ä"), Packing.NONE);
        store.get("plain", folder.resolve("plain"), Packing.TAR);
        assertEquals("text", Files.readString(folder.resolve("plain")));
        Process python = new ProcessBuilder(
                        "python3",
                        "-m",
                        "zipfile",
                        "-l",
                        folder.resolve("store/rows.zip").toString())
                .redirectErrorStream(true)
                .start();
        String listed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(listed.contains("rows/ä") && listed.contains("rows/empty/"), listed);
    }

    @Test
    void aZipThatLeavesItsFolderIsRefused() throws IOException {
        Path source = Files.createDirectories(folder.resolve("d"));
        Files.writeString(source.resolve("aaaa"), "x");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ZipArchive.write(source, out);
        byte[] escaping = out.toString(StandardCharsets.ISO_8859_1)
                .replace("d/aaaa", "d/../x")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(
                IOException.class, () -> ZipArchive.extract(new ByteArrayInputStream(escaping), folder.resolve("t")));
    }

    @Test
    void equalContentHasEqualDigests() throws IOException {
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        Path one = Files.writeString(folder.resolve("x"), "same");
        ArtifactStore.Stored first = store.put("one", one, Packing.TAR);
        Files.setLastModifiedTime(one, java.nio.file.attribute.FileTime.fromMillis(1000));
        assertEquals(first, store.put("two", one, Packing.TAR));
        Files.writeString(one, "other");
        assertFalse(first.equals(store.put("two", one, Packing.TAR)));
    }

    @Test
    void aRealTarReadsWhatIsWritten() throws Exception {
        Path source = Files.createDirectories(folder.resolve("d"));
        String longName = "n".repeat(130);
        Files.writeString(source.resolve(longName), "text");
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        store.put("d.tgz", source, Packing.TAR);
        Process tar = new ProcessBuilder(
                        "tar", "-xzOf", folder.resolve("store/d.tgz").toString(), "d/" + longName)
                .redirectErrorStream(true)
                .start();
        assertEquals("text", new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, tar.waitFor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "", "/etc/x", "."})
    void keysStayInTheFolder(String key) throws IOException {
        Path source = Files.writeString(folder.resolve("x"), "1");
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        assertThrows(IOException.class, () -> store.put(key, source, Packing.NONE));
    }

    @Test
    void hostileArchivesAreRefused() throws IOException {
        Path source = Files.createDirectories(folder.resolve("d"));
        Files.writeString(source.resolve("aaaa"), "x");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarArchive.write(source, out);
        byte[] good = out.toByteArray();
        byte[] escaping = new String(good, StandardCharsets.ISO_8859_1)
                .replace("d/aaaa", "d/../x")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(
                IOException.class, () -> TarArchive.extract(new ByteArrayInputStream(escaping), folder.resolve("t")));
        byte[] cut = java.util.Arrays.copyOf(good, 700);
        assertThrows(IOException.class, () -> TarArchive.extract(new ByteArrayInputStream(cut), folder.resolve("t")));
        Files.createSymbolicLink(source.resolve("link"), Path.of("/etc/passwd"));
        assertThrows(IOException.class, () -> TarArchive.write(source, new ByteArrayOutputStream()));
    }

    @Test
    void storedRecordsOfEveryVersionAreRead() throws Exception {
        Path records = copy("run-artifacts-v1.json");
        List<Map<String, @Nullable Object>> read = new ArtifactRecords(records).read();
        assertEquals("train-1/model.tgz", read.getFirst().get("key"));
        assertEquals("sha256:" + "0".repeat(64), read.getFirst().get("digest"));
        ChildRecord child = ChildRecord.read(copy("runner-child-v1.json"));
        assertEquals(new ChildRecord(4242, "123456", "b-1", "PLUMBLINE_STEP=m-1"), child);
        child.write(folder.resolve("again.json"));
        assertEquals(child, ChildRecord.read(folder.resolve("again.json")));
    }

    @Test
    void whatAKillLeftOfAnUnfinishedRecordIsRemoved() throws IOException {
        Files.writeString(folder.resolve("a.json.draft"), "{\"schema\"");
        assertEquals(0, ChildRecord.reap(folder));
        assertFalse(Files.exists(folder.resolve("a.json.draft")));
    }

    private Path copy(String name) throws IOException {
        Path target = folder.resolve(name);
        try (var in = getClass().getResourceAsStream(name)) {
            Files.copy(java.util.Objects.requireNonNull(in), target);
        }
        return target;
    }
}
