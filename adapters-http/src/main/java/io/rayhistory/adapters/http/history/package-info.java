/**
 * The API behind the web pages, and for scripts: {@code /history/v1}. One class per resource; rows tell how they are
 * known, and every list is filtered, sorted and cut here. The shapes stand in {@code openapi.json} beside this package.
 */
package io.rayhistory.adapters.http.history;
