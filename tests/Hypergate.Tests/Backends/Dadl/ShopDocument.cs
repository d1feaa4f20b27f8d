namespace Hypergate.Tests.Backends.Dadl;

/// <summary>An OpenAPI document with every way in which values are written: some this format can say, some it cannot.</summary>
internal static class ShopDocument
{
    public const string Text = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        servers: [{ url: /v1 }]
        security: [{ key: [] }]
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-Key }
            admin: { type: apiKey, in: header, name: X-Admin }
            user: { type: http, scheme: basic }
        paths:
          /orders/{id}:
            get:
              operationId: getOrder
              parameters:
                - { name: id, in: path, required: true, schema: { type: integer } }
                - { name: id, in: query, schema: { type: string, default: none } }
                - { name: expand, in: query, schema: { type: array, items: { type: string } } }
                - { name: fields, in: query, explode: false, schema: { type: array, items: { type: string } } }
                - { name: bars, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } } }
                - { name: blanks, in: query, style: spaceDelimited, explode: false, schema: { type: array, items: { type: integer } } }
                - { name: page, in: query, schema: { type: object, properties: { size: { type: integer }, sort: { type: array, items: { type: string } } } } }
                - { name: free, in: query, schema: { type: object, additionalProperties: { type: string } } }
                - { name: range, in: query, explode: false, schema: { type: object, properties: { from: { type: integer }, to: { type: integer } } } }
                - { name: filter, in: query, style: deepObject, schema: { type: object, properties: { state: { type: string }, tags: { type: array, items: { type: string } } } } }
                - { name: where, in: query, style: deepObject, schema: { type: object, properties: { a: { type: string } } } }
                - { name: lines, in: query, schema: { type: array, items: { type: object, properties: { sku: { type: string } } } } }
                - { name: q, in: query, content: { application/json: { schema: { type: object, properties: { a: { type: integer } } } } } }
                - { name: raw, in: query, allowReserved: true, schema: { type: string } }
                - { name: mode, in: query, allowReserved: true, schema: { type: string, enum: [fast, slow] } }
                - { name: either, in: query, schema: { oneOf: [{ type: string }, { type: array, items: { type: string } }] } }
                - { name: debug, in: query, schema: { type: boolean } }
                - { name: X-Tags, in: header, schema: { type: array, items: { type: string } } }
                - { name: X-Map, in: header, explode: true, schema: { type: object, properties: { a: { type: string }, b: { type: integer } } } }
                - { name: X-Key, in: header, schema: { type: string } }
                - { name: sid, in: cookie, schema: { type: string } }
              responses: { "200": { description: ok } }
          /label/{v}: { get: { operationId: label, parameters: [{ name: v, in: path, required: true, style: label, explode: true, schema: { type: array, items: { type: string } } }], responses: { "200": { description: ok } } } }
          /matrix/{v}: { get: { operationId: matrix, parameters: [{ name: v, in: path, required: true, style: matrix, schema: { type: array, items: { type: string } } }], responses: { "200": { description: ok } } } }
          /matrixes/{v}: { get: { operationId: matrixes, parameters: [{ name: v, in: path, required: true, style: matrix, explode: true, schema: { type: array, items: { type: string } } }], responses: { "200": { description: ok } } } }
          /simple/{v}: { get: { operationId: simple, parameters: [{ name: v, in: path, required: true, schema: { type: array, items: { type: string } } }], responses: { "200": { description: ok } } } }
          /pairs/{v}: { get: { operationId: pairs, parameters: [{ name: v, in: path, required: true, explode: true, schema: { type: object, properties: { a: { type: string } } } }], responses: { "200": { description: ok } } } }
          /session: { get: { operationId: session, parameters: [{ name: sid, in: cookie, required: true, schema: { type: string } }], responses: { "200": { description: ok } } } }
          /orders:
            post:
              operationId: createOrder
              parameters: [{ name: note, in: query, schema: { type: string } }]
              requestBody: { required: true, content: { application/json: { schema: { type: object, required: [item], properties: { item: { type: string }, note: { type: string }, count: { type: integer }, price: { type: [number, "null"] }, any: {}, image: { type: string, contentEncoding: base64 }, lines: { type: array, items: { type: object, properties: { sku: { type: string } } } } } } } } }
              responses: { "201": { description: ok } }
            put: { operationId: setOrders, requestBody: { required: true, content: { application/json: { schema: { type: array, items: { type: object, properties: { id: { type: integer } } } } } } }, responses: { "200": { description: ok } } }
            patch: { operationId: mergeOrders, requestBody: { required: true, content: { application/merge-patch+json: { schema: { type: object, additionalProperties: { type: integer } } } } }, responses: { "200": { description: ok } } }
            delete: { operationId: deleteOrders, requestBody: { required: true, content: { application/json: { schema: { type: array, items: { type: string } } } } }, responses: { "200": { description: ok } } }
          /form:
            post:
              operationId: sendForm
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema:
                      type: object
                      required: [name]
                      additionalProperties: { type: string }
                      properties:
                        name: { type: string }
                        tags: { type: array, items: { type: string } }
                        "ids[]": { type: array, items: { type: integer } }
                        meta: { type: object, properties: { a: { type: integer } } }
                        json: { type: array, items: { type: string } }
                        deep: { type: object, properties: { a: { type: string }, b: { type: object, properties: { c: { type: string } } } } }
                        codes: { type: array, items: { type: string } }
                        span: { type: object, properties: { from: { type: integer }, to: { type: integer } } }
                    encoding: { json: { contentType: application/json }, deep: { style: deepObject }, codes: { style: form, explode: false }, span: { style: form, explode: true } }
              responses: { "200": { description: ok } }
            put: { operationId: needsList, requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, required: [tags], properties: { tags: { type: array, items: { type: string } } } } } } }, responses: { "200": { description: ok } } }
          /upload:
            post:
              operationId: upload
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema: { type: object, required: [photo], properties: { photo: { type: string, format: binary }, title: { type: string }, labels: { type: array, items: { type: string } }, meta: { type: object, properties: { a: { type: integer } } }, deep: { type: object, properties: { a: { type: string } } }, more: { type: array, items: { type: string, format: binary } }, sheet: { type: string }, signed: { type: string } } }
                    encoding: { photo: { contentType: image/png }, deep: { style: deepObject }, sheet: { contentType: text/csv }, signed: { headers: { X-Sign: { schema: { type: string, const: "yes" } } } } }
              responses: { "200": { description: ok } }
          /blob: { put: { operationId: putBlob, requestBody: { required: true, content: { application/octet-stream: {} } }, responses: { "200": { description: ok } } } }
          /picture: { put: { operationId: putPicture, requestBody: { content: { image/png: {} } }, responses: { "200": { description: ok } } } }
          /note: { put: { operationId: putNote, parameters: [{ name: body, in: query, schema: { type: string } }], requestBody: { required: true, content: { text/plain: {} } }, responses: { "200": { description: ok } } } }
          /elsewhere: { get: { operationId: elsewhere, servers: [{ url: "https://other.example.com/v2" }], responses: { "200": { description: ok } } } }
          /open: { get: { operationId: open, security: [], responses: { "200": { description: ok } } } }
          /admin: { get: { operationId: admin, security: [{ admin: [] }], responses: { "200": { description: ok } } } }
          /both: { get: { operationId: both, security: [{ key: [], admin: [] }], responses: { "200": { description: ok } } } }
        """;
}
