using Hypergate.Descriptions.Dadl;

namespace Hypergate.Tests.Descriptions.Dadl;

/// <summary>Each rule finds its breach, at its line and column.</summary>
public sealed class DadlValidationTests
{
    private const string Good = """
        spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
        backend:
          name: small
          type: rest
          description: Small
          auth: { type: bearer, credential: small_token }
          tools:
            get_it:
              method: GET
              path: /it/{id}
              access: read
              description: Get
              params:
                id: { type: string, in: path, required: true }

        """;

    private const string New = """
        spec: "https://dadl.ai/spec/dadl-spec-v0.2.md"
        requires: { features: [health, redact, idempotency, returns, deprecation, semantic_errors] }
        backend:
          name: fixture
          type: rest
          description: v0.2 in one place
          auth: { type: oauth2, token_url: "https://id.example/token", client_id_credential: cid, client_secret_credential: sec }
          health: { path: /healthz, expect_path: "$.ok" }
          defaults: { errors: { map: { 423: locked }, retry_on: [429], terminal: [423] }, response: { redact: ["$.secret"] } }
          types: { Order: { type: object, properties: { id: { type: string } } } }
          tools:
            create_order:
              method: POST
              path: /orders
              access: write
              description: Create an order
              params: { item: { type: string, in: body, required: true } }
              idempotency: { header: Idempotency-Key }
              response: { redact: ["$.card[*].number"] }
              returns: Order
            old_order: { method: GET, path: "/orders/{id}", access: read, description: Old, deprecated: "use v2", replaced_by: create_order,
                         params: { id: { type: string, in: path, required: true } } }

        """;

    [Fact]
    public void A_good_file_has_no_fault()
    {
        Assert.Empty(DadlFiles.Faults(Good));
        Assert.Empty(DadlFiles.Faults(New));
    }

    [Fact]
    public void Everything_of_the_newer_version_is_read()
    {
        var document = DadlFiles.Parse(New).Document!;
        var create = document.Tools[0];

        Assert.Equal((2, "Idempotency-Key", "locked"), (document.FormatVersion, create.Rules.IdempotencyHeader, create.Rules.Errors.Codes[423]));
        Assert.Equal(["$.secret", "$.card[*].number"], create.Rules.Response.Redact);
        Assert.Equal("object", create.Returns.GetProperty("type").GetString());
        Assert.Equal(("use v2", "create_order"), (document.Tools[1].Deprecated, document.Tools[1].ReplacedBy));
        Assert.Equal(("/healthz", "$.ok"), (document.Health!.Path, document.Health.Rules.MustHave));
    }

    [Theory]
    [InlineData("  name: small\n", "  name: small\n  name: again\n", "D001 4:3 backend.name")]
    [InlineData("  name: small\n", "  name: [small\n", "D001")]
    [InlineData("  description: Small\n", "  <<: { description: x }\n  description: Small\n", "D002 5:3 backend")]
    [InlineData("v0.1.md", "v0.3.md", "D010 1:7 spec")]
    [InlineData("      access: read\n", "      access: read\n      deprecated: true\n", "D011 12:7 backend.tools.get_it.deprecated")]
    [InlineData("backend:\n", "requires: { features: [time_travel] }\nbackend:\n", "D012 2:24 requires.features")]
    [InlineData("backend:\n", "requires: { toolmesh: \">=99\" }\nbackend:\n", "D012 2:23 requires.toolmesh")]
    [InlineData("  type: rest\n", "  type: rest\n  colour: red\n", "D020 5:3 backend.colour")]
    [InlineData("method: GET\n", "method: GET\n      pagination: [1]\n", "D021 10:19 backend.tools.get_it.pagination")]
    [InlineData("{ type: string, in: path, required: true }", "{ type: text, in: path, required: true }", "D021 14:21 backend.tools.get_it.params.id.type")]
    [InlineData("  type: rest\n", "  type: soap\n", "D022 4:9 backend.type")]
    [InlineData("type: bearer", "type: kerberos", "D022 6:17 backend.auth.type")]
    [InlineData("method: GET\n", "method: GET\n      pagination: { strategy: cursors }\n", "D022 10:31 backend.tools.get_it.pagination.strategy")]
    [InlineData("method: GET\n", "method: GET\n      pagination: { strategy: page, behavior: maybe }\n", "D022 10:47 backend.tools.get_it.pagination.behavior")]
    [InlineData("method: GET\n", "method: GET\n      response: { stream_handling: drop }\n", "D022 10:36 backend.tools.get_it.response.stream_handling")]
    [InlineData("{ type: bearer, credential: small_token }", "{ type: bearer }", "D030 6:9 backend.auth")]
    [InlineData("  description: Small\n", "", "D030 3:3 backend")]
    [InlineData("method: GET\n", "method: LOOK\n", "D040 9:15 backend.tools.get_it.method")]
    [InlineData("      description: Get\n", "", "D040 9:7 backend.tools.get_it")]
    [InlineData("/it/{id}", "/it/{uid}", "D041 10:13 backend.tools.get_it.path|D042 14:13 backend.tools.get_it.params.id")]
    [InlineData("in: path, required: true", "in: query", "D041 14:33 backend.tools.get_it.params.id.in")]
    [InlineData("required: true", "required: false", "D043 14:13 backend.tools.get_it.params.id")]
    [InlineData("      access: read\n", "      access: read\n      depends_on: [got_it]\n", "D045 12:20 backend.tools.get_it.depends_on")]
    [InlineData("method: GET\n", "method: GET\n      errors: { retry_on: [500], terminal: [500] }\n", "D047 10:28 backend.tools.get_it.errors.retry_on")]
    [InlineData("method: GET\n", "method: GET\n      response: { result_path: \"$..x\" }\n", "D049 10:32 backend.tools.get_it.response.result_path")]
    [InlineData("method: GET\n", "method: GET\n      pagination: { strategy: page, response: { has_more: maybe } }\n", "D049 10:59 backend.tools.get_it.pagination.response.has_more")]
    [InlineData("  tools:\n", "  composites: { both: { description: Both, code: \"await api.got_it({})\" } }\n  tools:\n", "D051 7:61 backend.composites.both.code")]
    [InlineData("  tools:\n", "  composites: { get_it: { description: Both, code: \"return 1\", timeout: 3m } }\n  tools:\n", "D051 7:25 backend.composites.get_it|D051 7:73 backend.composites.get_it.timeout")]
    [InlineData("required: true }", "required: true }\n        n: { type: integer, in: query, default: many }", "D052 15:49 backend.tools.get_it.params.n.default")]
    [InlineData("  tools:\n", "  hints: { got_it: { a: b } }\n  tools:\n", "D053 7:12 backend.hints.got_it")]
    [InlineData("required: true }", "required: true }\n        Cookie: { type: string, in: header }", "D054 15:17 backend.tools.get_it.params.Cookie")]
    [InlineData("method: GET\n", "method: PUT\n      content_type: application/octet-stream\n", "D055 10:21 backend.tools.get_it.content_type")]
    [InlineData("  tools:\n", "  composites: { both: { description: Both, code: \"await fetch('x'); await api.get_it({})\" } }\n  tools:\n", "D061 7:57 backend.composites.both.code")]
    [InlineData("    get_it:\n", "    get_it_with_a_name_that_is_much_longer_than_any_client_would_ever_take:\n", "D062 9:7 backend.tools.get_it_with_a_name_that_is_much_longer_than_any_client_would_ever_take")]
    [InlineData("backend:\n", "includes: { path: x }\nbackend:\n", "D021 2:11 includes")]
    [InlineData("  tools:\n", "  examples: { a: b }\n  tools:\n", "D021 7:13 backend.examples")]
    [InlineData("  tools:\n", "  types: { A: { type: array, items: Bee } }\n  tools:\n", "D045 7:15 backend.types.A")]
    [InlineData("{ type: bearer, credential: small_token }", "{ type: session, login: { path: /login }, refresh: { on: 401 } }", "D020 6:62 backend.auth.refresh.on")]
    [InlineData("{ type: bearer, credential: small_token }", "{ type: oauth2, token_url: x, client_id_credential: a, client_secret_credential: b, prefix: X }", "D020 6:93 backend.auth.prefix")]
    [InlineData("  type: rest\n", "  type: rest\n  version: 1\n", "D021 5:12 backend.version")]
    [InlineData("  tools:\n", "  defaults: { headers: { \"X A\": b, X-C: \"d\\ne\", X-D: \"\", X-E: é } }\n  tools:\n", "D021 7:33 backend.defaults.headers.X A|D021 7:41 backend.defaults.headers.X-C|D021 7:63 backend.defaults.headers.X-E")]
    [InlineData("required: true }", "required: true }\n        \"X:\": { type: string, in: header }", "D021 15:15 backend.tools.get_it.params.X:")]
    [InlineData("{ type: bearer, credential: small_token }", "{ type: apikey, credential: a, header_name: \"X Key\" }", "D021 6:53 backend.auth.header_name")]
    [InlineData("{ type: bearer, credential: small_token }", "{ type: session, login: { path: /login, extract: { token: $.t } }, inject: [{ header: X-T, value: \"{{token}} {{tokn}}\" }] }", "D045 6:107 backend.auth.inject[0].value")]
    [InlineData("path: /it/{id}", "path: [/it]", "D021 10:13 backend.tools.get_it.path|D042 14:13 backend.tools.get_it.params.id")]
    [InlineData("method: GET\n", "method: [GET]\n", "D021 9:15 backend.tools.get_it.method")]
    [InlineData("  tools:\n", "  composites: { \"a b\": { description: Both, code: \"return 1\" } }\n  tools:\n", "D051 7:24 backend.composites.a b")]
    public void Each_rule_finds_its_breach_where_it_is(string right, string wrong, string faults)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        var found = DadlFiles.Faults(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(faults.Split('|'), faults == "D001" ? found.Select(static fault => fault[..4]) : found);
    }

    [Theory]
    [InlineData("  type: rest\n", "  type: rest\n  descripton: x\n", "did you mean description?")]
    [InlineData("{ type: bearer, credential: small_token }", "{ type: bearer, credential: none, username_credential: x }", "there are type, credential, inject_into, header_name, prefix, query_param")]
    [InlineData("{ type: bearer, credential: small_token }", "{ type: bearer }", "CREDENTIAL_NAME of the environment hold the value, or none where the API asks for nothing")]
    [InlineData("{ type: bearer, credential: small_token }", "{ credential: small_token }", "type is missing: bearer, basic, apikey, api_key, oauth2, session")]
    [InlineData("      method: GET\n", "", "method is missing: GET, POST, PUT, PATCH, DELETE, HEAD")]
    [InlineData("required: true }", "required: true }\n        n: { type: string, in: path, required: true }", "write it into the path, or give it another place (in: query)")]
    [InlineData("method: GET\n", "method: GET\n      errors: { retry_on: [500], terminal: [500] }\n", "take it out of one")]
    public void A_problem_says_what_to_do(string what, string instead, string advice) =>
        Assert.Contains(advice, Assert.Single(OfFormat(Good.Replace(what, instead, StringComparison.Ordinal))).Text, StringComparison.Ordinal);

    [Fact]
    public void A_place_that_is_none_is_one_problem_and_not_two() =>
        Assert.Equal("D021", Assert.Single(OfFormat(Good.Replace("required: true }", "required: true }\n        n: { type: string, in: querry }", StringComparison.Ordinal))).Rule);

    // What the registry asks beyond the format stands in no small file.
    private static IEnumerable<DadlProblem> OfFormat(string file) => DadlFiles.Parse(file).Problems.Where(static problem => problem.Rule != "D060");

    [Theory]
    [InlineData("idempotency: { header: Idempotency-Key }", "idempotency: { header: Idempotency-Key, generate: sequence }", "D022")]
    [InlineData("replaced_by: create_order", "replaced_by: make_order", "D045")]
    [InlineData("returns: Order", "returns: Ordre", "D045")]
    [InlineData("health: { path: /healthz, expect_path: \"$.ok\" }", "health: { tool: old_order }", "D046")]
    [InlineData("redact, idempotency, ", "", "D013|D013")]
    [InlineData("health: { path: /healthz, expect_path: \"$.ok\" }", "health: { tool: none, expect_path: \"$..ok\" }", "D045|D049")]
    [InlineData("redact: [\"$.secret\"]", "redact: [\"$.a[?(@.b)]\"]", "D049")]
    [InlineData("client_secret_credential: sec }", "flow: telepathy }", "D022|D030")]
    public void Rules_of_the_newer_version_find_their_breach(string right, string wrong, string rules)
    {
        Assert.Contains(right, New, StringComparison.Ordinal);

        Assert.Equal(rules.Split('|'), DadlFiles.Faults(New.Replace(right, wrong, StringComparison.Ordinal)).Select(static fault => fault[..4]));
    }

    [Fact]
    public void What_is_used_and_not_required_is_told_where_it_is_used() => Assert.Equal(
        ["D013 9:103 backend.defaults.response.redact", "D013 18:20 backend.tools.create_order.idempotency"],
        DadlFiles.Faults(New.Replace("redact, idempotency, ", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("code: |\n        const a = 1\n\n        await fetch('x')\n        await api.got_it({})\n", "D061 13:15|D051 14:19")]
    [InlineData("code: |2\n          await fetch('x')\n        eval('x')\n", "D061 11:17|D061 12:9")]
    [InlineData("code: 'await fetch(1)'\n", "D061 10:20")]
    [InlineData("code: await fetch(1)\n", "D061 10:19")]
    [InlineData("code: >\n        await fetch(1)\n", "D061 10:13")]
    public void A_fault_of_a_script_is_told_where_it_is_in_the_script(string code, string faults) => Assert.Equal(
        faults.Split('|'),
        DadlFiles.Faults(Good.Replace("  tools:\n", $"  composites:\n    both:\n      description: Both\n      {code}  tools:\n", StringComparison.Ordinal))
            .Select(static fault => fault[..fault.LastIndexOf(' ')]).OrderBy(static fault => int.Parse(fault.Split(' ', ':')[1], System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Faults_of_a_fragment_name_it()
    {
        var folder = Directory.CreateTempSubdirectory("hypergate-dadl-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "more.yaml"), "_fragment: true\nadded:\n  method: LOOK\n  path: /added/{x}\n  access: read\n  description: Added\n  colour: red\n");
            var load = DadlFiles.Parse(Good + "includes:\n  - { path: more.yaml, merge_into: backend.tools }\nodd: 1\n", new DadlSurroundings { Folder = folder.FullName });

            Assert.Equal(
                ["more.yaml:3:11 D040", "more.yaml:4:9 D041", "more.yaml:7:3 D020", ":17:1 D020"],
                load.Problems.Where(static problem => problem.Rule != "D060").Select(static problem => $"{problem.File}:{problem.Line}:{problem.Column} {problem.Rule}").OrderBy(static text => text[0] == ':').ThenBy(static text => text, StringComparer.Ordinal));

            File.WriteAllText(Path.Combine(folder.FullName, "more.yaml"), "_fragment: true\nadded: { method: GET, method: GET, path: /a, access: read, description: A }\n");
            var twice = Assert.Single(DadlFiles.Parse(Good + "includes:\n  - { path: more.yaml, merge_into: backend.tools }\n", new DadlSurroundings { Folder = folder.FullName }).Problems, static problem => problem.Rule == "D001");

            Assert.Equal(("more.yaml", 2, 23), (twice.File, twice.Line, twice.Column));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_registry_wants_more_than_the_format()
    {
        var load = DadlReader.Read(System.Text.Encoding.UTF8.GetBytes(Good.Replace("      access: read\n", "", StringComparison.Ordinal).Replace("v0.1.md", "v0.1", StringComparison.Ordinal)), new DadlSurroundings { FileName = "other.dadl" });

        Assert.Equal(["D010", "D044", "D060"], load.Problems.Where(static problem => DadlRules.SeverityOf(problem, DadlProfile.Registry) == DadlSeverity.Error).Select(static problem => problem.Rule).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("type: bearer", "type: kerberos", true)]
    [InlineData("method: GET\n", "method: GET\n      pagination: { strategy: cursors }\n", true)]
    [InlineData("method: GET\n", "method: LOOK\n", false)]
    [InlineData("/it/{id}", "/it/{uid}", false)]
    [InlineData("method: GET\n", "method: GET\n      max_body_size: huge\n", false)]
    public void What_decides_about_safety_refuses_the_file_and_a_bad_tool_only_itself(string right, string wrong, bool isRefused)
    {
        var load = DadlFiles.Parse(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(isRefused, load.IsRefused);
        Assert.Equal(!isRefused, load.Unavailable.ContainsKey("get_it"));
    }

    [Fact]
    public void Scalars_are_read_by_the_declared_type_and_not_by_their_looks()
    {
        var tool = DadlFiles.Parse(Good.Replace("required: true }", """
            required: true }
                    on: { type: string, in: query, default: 1 }
                    n: { type: integer, in: query, default: "2" }
                    b: { type: boolean, in: query, default: yes }
                    e: { type: string, in: query, default: "" }
                    l: { type: array, in: query, default: [1, "1", yes, 0x10, 1.50] }
            """.Replace("\n            ", "\n", StringComparison.Ordinal), StringComparison.Ordinal)).Document!.Tools[0];

        Assert.Equal("on=\"1\" n=2 b=true e=\"\" l=[1,\"1\",\"yes\",16,1.50]", string.Join(' ', tool.Parameters.Skip(1).Select(static parameter => $"{parameter.Name}={parameter.Default.GetRawText()}")));
    }

    [Fact]
    public void Aliases_stand_for_whole_nodes_and_are_bounded()
    {
        const string Anchors = "_anchors:\n  one: &one { method: GET, path: /x, access: read, description: X }\n";
        var text = Anchors + Good.Replace("  tools:\n", "  tools:\n    a: *one\n    b: *one\n", StringComparison.Ordinal);
        var bomb = Anchors + "_a: &a [x,x,x,x,x,x,x,x,x,x]\n_b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n_c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n_d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n_e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n_f: [*e,*e,*e]\n" + Good;

        Assert.Equal(["a", "b", "get_it"], DadlFiles.Parse(text).Document!.Tools.Select(static tool => tool.Name));
        Assert.Null(DadlFiles.Parse(bomb).Document);
        Assert.Contains("200000", DadlFiles.Parse(bomb).Problems[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fragment_is_merged_in_and_the_file_itself_wins()
    {
        var folder = Directory.CreateTempSubdirectory("hypergate-dadl-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "more.yaml"), "_fragment: true\nget_it: { description: From the fragment, access: admin }\nadded: { method: GET, path: /a, access: read, description: Added }\n");
            var load = DadlFiles.Parse(Good + "includes:\n  - { path: more.yaml, merge_into: backend.tools, overrides: { added: { description: Overridden } } }\n", new DadlSurroundings { Folder = folder.FullName });

            Assert.Equal(["added: Overridden read", "get_it: Get read"], load.Document!.Tools.Select(static tool => $"{tool.Name}: {tool.Description} {tool.Access}").Order(StringComparer.Ordinal));
            Assert.NotEmpty(DadlFiles.Parse(Good + "includes:\n  - { path: ../more.yaml, merge_into: backend.tools }\n", new DadlSurroundings { Folder = folder.FullName }).Problems);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(">=0.3, <1", true)]
    [InlineData("0.4.1", true)]
    [InlineData("0.4", false)]
    [InlineData(">0.4.1-rc.1", true)]
    [InlineData("<=0.4.1-rc.1", false)]
    [InlineData("about 1", null)]
    public void A_range_of_versions_means_what_it_says(string range, bool? includes) => Assert.Equal(includes, VersionRange.Includes(range, "0.4.1"));

    [Theory]
    [InlineData("$.page < $.pages", """{"page":1,"pages":2}""", true)]
    [InlineData("$.pages > $.page", """{"page":2,"pages":2}""", false)]
    [InlineData("$.result_info.page < $.result_info.total_pages", """{"result_info":{"page":1,"total_pages":3}}""", true)]
    [InlineData("$.next != null", """{"next":null}""", false)]
    [InlineData("$.meta.pagination.next_page != null", """{"meta":{"pagination":{"next_page":2}}}""", true)]
    [InlineData("$.result_info.cursor != ''", """{"result_info":{"cursor":""}}""", false)]
    [InlineData("$.current_page < $.last_page", """{"current_page":1,"last_page":"x"}""", null)]
    [InlineData("$.more", """{"more":0}""", false)]
    public void Whether_there_is_more_is_found_in_the_body(string expression, string body, bool? more) =>
        Assert.Equal(more, MoreExpression.Parse(expression)!.Evaluate(System.Text.Json.JsonElement.Parse(body)));
}
