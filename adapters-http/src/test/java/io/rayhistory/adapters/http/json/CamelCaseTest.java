package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CamelCaseTest {

    @ParameterizedTest
    @CsvSource({"node_id,nodeId", "object_store_memory,objectStoreMemory", "worker_only,workerOnly",
        "node:__internal_head__,node:InternalHead", "node_8db86312ca36,node8Db86312Ca36", "CPU,CPU", "a_BC_dE,aBcDe",
        "ray.io/node-id,ray.io/node-id", "node:10.0.0.2,node:10.0.0.2", "_x,X", "'',''", "x_,x", "raysubmit_demo,raysubmitDemo"})
    void keysAreConvertedAsPythonDoes(String key, String camel) {
        assertEquals(camel, CamelCase.of(key));
    }

    @Test
    void objectsInObjectsAndInListsAreConvertedButNotThoseInListsOfLists() {
        String text = "{'a_b':{'c_d':1,'e_f':[{'g_h':null},[{'i_j':true}],'k_l']},'m_n':'o_p'}";
        assertEquals(Json.quoted("{'aB':{'cD':1,'eF':[{'gH':null},[{'i_j':true}],'k_l']},'mN':'o_p'}"), Json.of(out -> {
            try (JsonParser in = EmbeddedJson.FACTORY.createParser(Json.quoted(text))) {
                in.nextToken();
                CamelCase.copyObject(in, out);
            }
        }));
    }
}
