package dev.plumbline.controller.informer;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** An object as compressed JSON: a tenth of what its tree takes, because thousands are kept and few are looked at. */
final class PackedObject {

    private final byte[] bytes;

    private PackedObject(byte[] bytes) {
        this.bytes = bytes;
    }

    static PackedObject of(Map<String, @Nullable Object> object) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(Json.bytes(object));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not refuse", e);
        } finally {
            deflater.end();
        }
        return new PackedObject(packed.toByteArray());
    }

    Map<String, @Nullable Object> open() {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return Tree.freeze(Json.parseObject(in.readAllBytes()));
        } catch (IOException | JsonException e) {
            throw new IllegalStateException("what was packed cannot be opened", e);
        }
    }
}
