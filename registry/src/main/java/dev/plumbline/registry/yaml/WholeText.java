package dev.plumbline.registry.yaml;

import java.io.Reader;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A text for the parser to read, whole from the beginning. The parser's own reader gets a kilobyte more at a time and copies what it
 * has, which takes minutes for one scalar of some megabytes.
 */
final class WholeText extends StreamReader {

    private static final String NAME = "text";
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final int[] text;

    /** How many characters are known to be ones that YAML allows. */
    private int allowed;

    private int pointer;
    private int documentStart;
    private int line;
    private int column;

    WholeText(String text) {
        super(Reader.nullReader());
        this.text = text.codePoints().toArray();
    }

    /** Whether there is a character so far ahead. */
    private boolean has(int ahead) {
        int last = Math.min(text.length - 1, pointer + ahead);
        for (; allowed <= last; allowed++) {
            if (!isPrintable(text[allowed])) {
                throw new ReaderException(NAME, allowed, text[allowed], "special characters are not allowed");
            }
        }
        return pointer + ahead < text.length;
    }

    @Override
    public Mark getMark() {
        return new Mark(NAME, pointer, line, column, text, pointer);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && has(0); i++) {
            int character = text[pointer++];
            if (isLineBreak(character) || (character == '\r' && has(0) && text[pointer] != '\n')) {
                line++;
                column = 0;
            } else if (character != BYTE_ORDER_MARK) {
                column++;
            }
        }
    }

    private static boolean isLineBreak(int character) {
        return character == '\n' || character == 0x85 || character == 0x2028 || character == 0x2029;
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public int peek(int index) {
        return has(index) ? text[pointer + index] : '\0';
    }

    @Override
    public String prefix(int length) {
        return length == 0 || !has(0)
                ? ""
                : new String(text, pointer, has(length) ? length : Math.min(length, text.length - pointer));
    }

    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        pointer += length;
        column += length;
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getDocumentIndex() {
        return pointer - documentStart;
    }

    @Override
    public void resetDocumentIndex() {
        documentStart = pointer;
    }

    @Override
    public int getIndex() {
        return pointer;
    }

    @Override
    public int getLine() {
        return line;
    }
}
