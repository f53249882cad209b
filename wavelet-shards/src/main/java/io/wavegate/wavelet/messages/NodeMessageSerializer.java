package io.wavegate.wavelet.messages;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;

/**
 * Messages between nodes as CBOR under short names that outlive the names of classes: the table
 * {@code pekko.serialization.wavegate.manifests}, to which each module adds its own in {@code reference.conf}.
 *
 * <p>Nodes of neighbouring releases run side by side while a cluster is upgraded. So a name stays with its message for
 * ever; members may be added, which older nodes overlook and which must be optional or have zero for a meaning; none
 * is renamed, removed or given another type. A message that is new, or a new kind within a message, is understood in one
 * release and sent from the next on. Examples of each release are kept among the tests.
 */
public final class NodeMessageSerializer extends SerializerWithStringManifest {
    private static final String MANIFESTS = "pekko.serialization.wavegate.manifests";
    private static final int IDENTIFIER = 20_740;

    private final ObjectMapper mapper;
    private final Map<String, Class<?>> classes = new HashMap<>();
    private final Map<Class<?>, String> manifests = new HashMap<>();

    /** Made by Pekko, by the name in {@code reference.conf}. */
    public NodeMessageSerializer(ExtendedActorSystem system) {
        this.mapper = JacksonObjectMapperProvider.get(system.classicSystem())
                .getOrCreate("jackson-cbor", Optional.of(new CBORFactory()));
        Config table = system.settings().config().getConfig(MANIFESTS);
        for (Map.Entry<String, ConfigValue> entry : table.root().entrySet()) {
            String name = String.valueOf(entry.getValue().unwrapped());
            Class<?> type = load(system, entry.getKey(), name);
            classes.put(entry.getKey(), type);
            String other = manifests.put(type, entry.getKey());
            if (other != null) {
                throw new IllegalStateException(
                        name + " has two manifests in " + MANIFESTS + ": " + other + " and " + entry.getKey());
            }
        }
    }

    private static Class<?> load(ExtendedActorSystem system, String manifest, String name) {
        try {
            return Class.forName(name, false, system.dynamicAccess().classLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(MANIFESTS + "." + manifest + " names no class: " + name, e);
        }
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        String manifest = manifests.get(message.getClass());
        if (manifest == null) {
            throw new IllegalArgumentException(message.getClass().getName() + " is not to leave its node: it has no"
                    + " manifest in " + MANIFESTS);
        }
        return manifest;
    }

    @Override
    public byte[] toBinary(Object message) {
        try {
            return mapper.writeValueAsBytes(message);
        } catch (IOException e) {
            throw new IllegalArgumentException(message.getClass().getName() + " cannot be written", e);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        Class<?> type = classes.get(manifest);
        if (type == null) {
            throw new NotSerializableException("A message \"" + manifest
                    + "\" is unknown to this release; it was dropped, and its sender will ask again or give up.");
        }
        try {
            return mapper.readValue(bytes, type);
        } catch (IOException e) {
            NotSerializableException failure =
                    new NotSerializableException("A message \"" + manifest + "\" cannot be read: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }
}
