package dev.plumbline.registry.keys;

import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.List;

/** Signs with the newest key of a folder, which is read anew each time, so that a rotation counts at once. */
public final class FolderSigner implements Signer {

    private final KeyFolder keys;
    private final boolean later;

    /** A signer with the keys of a folder, without which it is not ready: a mount whose Secret may come later. */
    public static FolderSigner onceThere(KeyFolder keys) {
        return new FolderSigner(keys, true);
    }

    /** A signer with the keys of a folder. */
    public FolderSigner(KeyFolder keys) {
        this(keys, false);
    }

    private FolderSigner(KeyFolder keys, boolean later) {
        this.keys = keys;
        this.later = later;
    }

    @Override
    public boolean ready() throws SignException {
        if (!later) {
            return true;
        }
        if (!Files.isDirectory(keys.folder())) {
            throw new SignException("tried to find keys in " + keys.folder()
                    + ", failed because there is no such folder; make it with `plumbline keys create`, or mount it");
        }
        return !keys.keyring().keys().isEmpty();
    }

    @Override
    public Signed sign(byte[] message) throws SignException {
        KnownKey newest = newest();
        while (true) {
            try {
                return sign(message, newest);
            } catch (NoSuchFileException e) {
                KnownKey next = newest();
                if (next.key().equals(newest.key())) {
                    throw keys.failed("sign with the key in", e);
                }
                newest = next; // it was rotated after the list was read
            } catch (IOException | GeneralSecurityException e) {
                throw keys.failed("sign with the key in", e);
            }
        }
    }

    private KnownKey newest() throws SignException {
        List<KnownKey> known = keys.keyring().keys();
        if (known.isEmpty()) {
            throw new SignException("tried to sign with a key in " + keys.folder()
                    + ", failed because there is none; make one with `plumbline keys create`");
        }
        return known.getLast();
    }

    private Signed sign(byte[] message, KnownKey newest) throws SignException, IOException, GeneralSecurityException {
        Path file = keys.privateFile(newest.key());
        KeyFileRights rights = KeyFileRights.of(file);
        if (!rights.narrow()) {
            throw new SignException("tried to sign with " + file + ", refused because it is " + rights
                    + ", so that others can read or change it; run chmod 600 on it, and `plumbline keys rotate` if somebody"
                    + " may have read it");
        }
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyPairFile.read(Files.readString(file)));
        signature.update(message);
        byte[] bytes = signature.sign();
        if (!newest.key().verifies(message, bytes)) {
            throw new SignException("tried to sign with " + file + ", failed because it is not the private half of "
                    + newest.key() + "; restore it");
        }
        return new Signed(newest.key(), bytes);
    }
}
