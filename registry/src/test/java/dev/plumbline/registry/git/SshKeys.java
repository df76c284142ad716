package dev.plumbline.registry.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key pair made by the real ssh-keygen. */
public record SshKeys(Path privateFile) {

    /** Makes a pair of a type that {@code ssh-keygen -t} knows; an empty passphrase is none. */
    public static SshKeys make(Path file, String type, String passphrase, String... more) throws IOException {
        Files.createDirectories(file.getParent());
        String[] command = new String[9 + more.length];
        System.arraycopy(
                new String[] {"ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "made-for-a-test", "-f"},
                0,
                command,
                0,
                9);
        String[] all = new String[command.length + 1];
        System.arraycopy(command, 0, all, 0, 9);
        all[9] = file.toString();
        System.arraycopy(more, 0, all, 10, more.length);
        Program.run(file.getParent(), all);
        return new SshKeys(file);
    }

    /** The text of the private key. */
    public String privateKey() throws IOException {
        return Files.readString(privateFile);
    }

    /** {@code TYPE BASE64}. */
    public String publicKey() throws IOException {
        String[] words = Files.readString(Path.of(privateFile + ".pub")).split(" ", -1);
        return words[0] + " " + words[1];
    }

    /** {@code SHA256:…}. */
    public String fingerprint() throws IOException {
        return Program.run(privateFile.getParent(), "ssh-keygen", "-l", "-f", privateFile + ".pub")
                .split(" ", -1)[1];
    }
}
