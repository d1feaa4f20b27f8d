using System.Text;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.DenialOfService;

/// <summary>Descriptions of APIs, some of which shall do harm to their reader.</summary>
internal static class HostileDescriptions
{
    private static readonly string[] Paths = ["big", "deep", "headers", "slow-headers", "bomb", "hang", "good"];

    public static void Write(ProgramFolder folder)
    {
        folder.Write("api.json", Plain());
        folder.Write("cyclic.json", Cyclic());
        folder.Write("aliases.yaml", Aliases());
        folder.Write("paged.dadl", """
            spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
            backend:
              name: paged
              type: rest
              description: Pages without end
              auth: { type: bearer, credential: paged_token }
              tools:
                pages:
                  method: GET
                  path: /pages
                  access: read
                  description: Pages
                  pagination: { strategy: cursor, behavior: auto, max_pages: 1000000, request: { cursor_param: after }, response: { next_cursor: $.next } }
                  response: { result_path: $.data }
                good: { method: GET, path: /good, access: read, description: Good }
                loop: { method: GET, path: /good, access: read, description: Loop, response: { transform: "def f: f; f" } }
                flood: { method: GET, path: /good, access: read, description: Flood, response: { transform: "[range(1e12)]" } }
            """);
    }

    public static IEnumerable<string> Backends(Uri address) =>
    [
        Rest("api", address, "api.json", "accessOverrides: { Upload: read }"),
        Rest("cyclic", address, "cyclic.json"),
        Rest("aliases", address, "aliases.yaml"),
        $$"""  - { name: paged, kind: dadl, url: "{{address}}", auth: { token: none-needed }, timeouts: { requestSeconds: 3 }, dadl: { file: ./paged.dadl, offerFilter: true } }""",
    ];

    private static string Rest(string name, Uri address, string document, string more = "deprecated: false") =>
        $$"""  - { name: {{name}}, kind: rest, url: "{{address}}", auth: { token: none-needed }, timeouts: { requestSeconds: 3, startSeconds: 3 }, rest: { document: ./{{document}} }, {{more}} }""";

    private static string Plain()
    {
        var reads = Paths.Select(static path => $$"""
            "/{{path}}":{"get":{"operationId":"Get-{{path}}","responses":{"200":{"description":"ok"} } } }
            """);
        return $$"""
            {"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{
              "/upload":{"post":{"operationId":"Upload","requestBody":{"content":{"application/json":{"schema":{"type":"object","additionalProperties":true} } } },"responses":{"200":{"description":"ok"} } } },
              "/matched":{"get":{"operationId":"Matched","parameters":[{"name":"text","in":"query","schema":{"type":"string","pattern":"^(a+)+$"} }],"responses":{"200":{"description":"ok"} } } },
              {{string.Join(',', reads)}} } }
            """;
    }

    // Every schema leads to every other, each several times.
    private static string Cyclic()
    {
        var schemas = Enumerable.Range(0, 40).Select(static n => $$"""
            "S{{n}}":{"type":"object","allOf":[{"$ref":"#/components/schemas/S{{(n + 1) % 40}}"}],"properties":{ {{string.Join(',', Enumerable.Range(0, 10).Select(other => $"\"p{other}\":{{\"$ref\":\"#/components/schemas/S{(n + other) % 40}\"}}"))}} } }
            """);
        return $$"""
            {"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{
              "/good":{"get":{"operationId":"Good","responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"$ref":"#/components/schemas/S0"} } } } } },
                       "parameters":[{"name":"self","in":"query","schema":{"$ref":"#/components/schemas/S0"} }] } },
             "components":{"schemas":{ {{string.Join(',', schemas)}} } } }
            """;
    }

    // Nine levels of ten aliases: a thousand million nodes, were they written out.
    private static string Aliases()
    {
        var text = new StringBuilder("openapi: 3.0.0\ninfo: { title: x, version: '1' }\npaths: { /good: { get: { operationId: Good, responses: { '200': { description: ok } } } } }\nx-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 10; level++)
        {
            text.Append("x-").Append(level).Append(": &a").Append(level).Append(" [").AppendJoin(", ", Enumerable.Repeat($"*a{level - 1}", 10)).Append("]\n");
        }

        return text.ToString();
    }
}
