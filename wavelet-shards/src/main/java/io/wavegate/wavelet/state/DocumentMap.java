package io.wavegate.wavelet.state;

import io.wavegate.wavelet.document.Document;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A wavelet's documents by id, sorted. Immutable; a change shares all but a path with the map before it, so that an edit
 * of one document does not cost by the number of documents. An AVL tree; documents never go away.
 */
public final class DocumentMap {
    /** No documents. */
    public static final DocumentMap EMPTY = new DocumentMap(null);

    private final @Nullable Node root;

    private DocumentMap(@Nullable Node root) {
        this.root = root;
    }

    /** The document, if it exists. */
    public Optional<Document> get(String id) {
        Node node = root;
        while (node != null) {
            int order = id.compareTo(node.id);
            if (order == 0) {
                return Optional.of(node.document);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** With a document added or replaced. */
    public DocumentMap with(String id, Document document) {
        return new DocumentMap(insert(root, id, document));
    }

    public int size() {
        return root == null ? 0 : root.size;
    }

    /** Gives every document in the order of ids. */
    public void forEach(BiConsumer<String, Document> action) {
        visit(root, action);
    }

    /** A copy as an unmodifiable map. */
    public SortedMap<String, Document> toMap() {
        TreeMap<String, Document> map = new TreeMap<>();
        forEach(map::put);
        return Collections.unmodifiableSortedMap(map);
    }

    private static void visit(@Nullable Node node, BiConsumer<String, Document> action) {
        if (node != null) {
            visit(node.left, action);
            action.accept(node.id, node.document);
            visit(node.right, action);
        }
    }

    private static Node insert(@Nullable Node node, String id, Document document) {
        if (node == null) {
            return new Node(id, document, null, null);
        }
        int order = id.compareTo(node.id);
        if (order == 0) {
            return new Node(id, document, node.left, node.right);
        }
        return order < 0
                ? balance(new Node(node.id, node.document, insert(node.left, id, document), node.right))
                : balance(new Node(node.id, node.document, node.left, insert(node.right, id, document)));
    }

    private static Node balance(Node node) {
        int lean = height(node.left) - height(node.right);
        if (lean > 1 && node.left != null) {
            Node left = node.left;
            Node outer = height(left.left) < height(left.right) ? rotateLeft(left) : left;
            return rotateRight(new Node(node.id, node.document, outer, node.right));
        } else if (lean < -1 && node.right != null) {
            Node right = node.right;
            Node outer = height(right.right) < height(right.left) ? rotateRight(right) : right;
            return rotateLeft(new Node(node.id, node.document, node.left, outer));
        }
        return node;
    }

    private static Node rotateRight(Node node) {
        Node up = node.left;
        return up == null
                ? node
                : new Node(up.id, up.document, up.left, new Node(node.id, node.document, up.right, node.right));
    }

    private static Node rotateLeft(Node node) {
        Node up = node.right;
        return up == null
                ? node
                : new Node(up.id, up.document, new Node(node.id, node.document, node.left, up.left), up.right);
    }

    private static int height(@Nullable Node node) {
        return node == null ? 0 : node.height;
    }

    private static final class Node {
        final String id;
        final Document document;
        final @Nullable Node left;
        final @Nullable Node right;
        final int height;
        final int size;

        Node(String id, Document document, @Nullable Node left, @Nullable Node right) {
            this.id = id;
            this.document = document;
            this.left = left;
            this.right = right;
            this.height = 1 + Math.max(height(left), height(right));
            this.size = 1 + (left == null ? 0 : left.size) + (right == null ? 0 : right.size);
        }
    }
}
