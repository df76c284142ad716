package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Finds the nodes of a Workflow's status where Argo puts them: in the open, compressed, or outside the object. */
final class NodeStatuses {

    /** Most bytes of nodes that are unpacked: 64 MiB. */
    static final int MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private NodeStatuses() {}

    /** The nodes by id; what keeps them from being read is added to the obscurities. */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> status, List<String> obscurities) {
        String offloaded = Tree.text(status, "offloadNodeStatusVersion");
        if (!offloaded.isEmpty()) {
            obscurities.add("the nodes were moved to Argo's database (version " + offloaded
                    + "), which was not read; name its server with --argo-server");
            return Map.of();
        }
        String compressed = Tree.text(status, "compressedNodes");
        if (compressed.isEmpty()) {
            return Tree.map(status, "nodes");
        }
        try {
            return unpack(Base64.getDecoder().decode(compressed));
        } catch (IllegalArgumentException | IOException | JsonException e) {
            obscurities.add("the compressed nodes cannot be read: " + e.getMessage());
            return Map.of();
        }
    }

    private static Map<String, @Nullable Object> unpack(byte[] packed) throws IOException, JsonException {
        if (packed.length < 2 || (packed[0] & 0xff) != GZIP_FIRST || (packed[1] & 0xff) != GZIP_SECOND) {
            throw new IOException("they are not packed with gzip");
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] json = in.readNBytes(MAX_UNPACKED_BYTES + 1);
            if (json.length > MAX_UNPACKED_BYTES) {
                throw new IOException("unpacked they pass " + MAX_UNPACKED_BYTES + " bytes");
            }
            return Json.parseObject(new String(json, StandardCharsets.UTF_8));
        }
    }
}
