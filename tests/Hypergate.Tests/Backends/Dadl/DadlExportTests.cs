using System.Text;
using System.Text.RegularExpressions;
using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Backends.Dadl.Export;
using Hypergate.Descriptions.Dadl;
using Hypergate.Host.Cli.Import;
using Hypergate.Model;
using Hypergate.Tests.Backends.Proxmox;
using Hypergate.Tests.Backends.Rest;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Files that are made of live catalogs say what the catalogs say.</summary>
public sealed class DadlExportTests
{
    private const string Document = """
        {"openapi":"3.0.0","info":{"title":"Shop","version":"1"},
         "components":{"securitySchemes":{"key":{"type":"apiKey","in":"header","name":"X-Key"}}},"security":[{"key":[]}],
         "paths":{
           "/orders/{id}":{"get":{"operationId":"getOrder","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}},{"name":"expand","in":"query","schema":{"type":"array","items":{"type":"string"}}}],"responses":{"200":{"description":"ok"}}},
                           "delete":{"operationId":"deleteOrder","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"}}],"responses":{"204":{"description":"ok"}}}},
           "/orders":{"post":{"operationId":"createOrder","requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","required":["item"],"properties":{"item":{"type":"string"},"count":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"}}}}}}},"responses":{"201":{"description":"ok"}}}}}}
        """;

    [Fact]
    public async Task An_api_by_its_document_and_by_its_file_sends_the_same()
    {
        await using var rest = RestApi.Of(Document, auth: new BackendSettingsAuth { Token = new Secret("k1") });
        var file = DadlExport.Write(rest.Backend.Options, rest.Description.Operations, TimeProvider.System.GetUtcNow()).Text!;
        AssertGood(file, rest.Description.Operations);
        await using var made = await DadlApi.StartFileAsync(file, new DadlWishes { Auth = new BackendSettingsAuth { Token = new Secret("k1") }, Path = "" }, Http.LoopbackServer.Answering(DadlApi.Json("{}")));

        foreach (var (operation, before, after) in new[]
        {
            ("getOrder", """{"id":7,"expand":["a","b"]}""", """{"id":7,"expand":["a","b"]}"""),
            ("deleteOrder", """{"id":7}""", """{"id":7}"""),
            ("createOrder", """{"body":{"item":"x","count":2,"tags":["t"]}}""", """{"item":"x","count":2,"tags":["t"]}"""),
        })
        {
            var (one, two) = (await rest.RequestAsync(operation, before), await made.RequestAsync(operation, after));
            Assert.Equal((one.Method, one.Target, one.Body, one.Header("X-Key")), (two.Method, two.Target, two.Body, two.Header("X-Key")));
        }
    }

    [Fact]
    public async Task Xen_Orchestra_by_its_own_file_answers_as_before()
    {
        await using var native = await Hypergate.Tests.Host.GatewayUnderTest.StartAsync(Hypergate.Tests.Host.GatewayWish.Acting);
        var catalog = native.Gateway.Parts.Catalog.Current.Find("xo")!;
        var file = DadlExport.Write(native.Gateway.Backends[0].Options, catalog.Operations, TimeProvider.System.GetUtcNow()).Text!;
        AssertGood(file, catalog.Operations);

        await using var made = await MadeBackend.StartAsync(file, new BackendSettingsAuth { Token = new Secret(native.Xo.Token) }, new BackendSettingsTls());
        var list = Assert.IsType<Outcome.Done>(await made.CallAsync("GetVms", """{"fields":"name_label,power_state","filter":"power_state:Running"}"""));
        var pool = Assert.IsType<Outcome.Done>(await made.CallAsync("GetPools"));

        Assert.True(list.Value.GetArrayLength() > 0);
        Assert.All(list.Value.EnumerateArray(), static vm => Assert.Equal("Running", vm.GetProperty("power_state").GetString()));
        Assert.True(pool.Value.GetArrayLength() > 0);
        var stores = Assert.IsType<Outcome.Done>(await made.CallAsync("GetVms", """{"fields":"id,xenStoreData"}""")).Value.EnumerateArray().ToList();
        Assert.All(stores, static vm => Assert.Equal("[REDACTED]", vm.GetProperty("xenStoreData").GetString()));
        var one = Assert.IsType<Outcome.Done>(await made.CallAsync("GetVm", $$"""{"id":"{{stores[0].GetProperty("id").GetString()}}"}"""));
        Assert.Equal("[REDACTED]", one.Value.GetProperty("xenStoreData").GetString());
    }

    [Fact]
    public async Task What_the_kind_hides_is_hidden_by_the_file_in_lists_in_objects_and_nowhere_else()
    {
        await using var rest = RestApi.Of("""
            {"openapi":"3.0.0","info":{"title":"Shop","version":"1"},"paths":{
              "/users":{"get":{"operationId":"listUsers","responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"rootPassword":{"type":"string"},"passwords":{"type":"integer"} } } } } } } } }},
              "/users/{id}":{"get":{"operationId":"getUser","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"200":{"description":"ok"}}},
                             "put":{"operationId":"setUser","parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"api_key":{"type":"string"},"note":{"type":"string"} } } } } },"responses":{"200":{"description":"ok"}}}},
              "/notes":{"get":{"operationId":"listNotes","responses":{"200":{"description":"ok"}}}}}}
            """);

        var file = DadlExport.Write(rest.Backend.Options, rest.Description.Operations, TimeProvider.System.GetUtcNow()).Text!;
        var tools = DadlReader.Read(Encoding.UTF8.GetBytes(file)).Document!.Tools.ToDictionary(static tool => tool.Name, static tool => string.Join(' ', tool.Rules.Response.Redact), StringComparer.Ordinal);

        AssertGood(file, rest.Description.Operations);
        Assert.Equal("$[*].rootPassword", tools["listUsers"]);
        Assert.Equal("$.rootPassword $.api_key", tools["getUser"]);
        Assert.Equal(("", ""), (tools["setUser"], tools["listNotes"]));
    }

    [Fact]
    public async Task Proxmox_by_its_own_file_answers_as_before()
    {
        await using var pve = await ProxmoxUnderTest.StartAsync();
        await using var native = await MadeBackend.StartAsync(ProxmoxUnderTest.Settings(pve));
        var catalog = native.Gateway.Parts.Catalog.Current.Find("pve")!;
        var file = DadlExport.Write(native.Gateway.Backends[0].Options, catalog.Operations, TimeProvider.System.GetUtcNow()).Text!;
        AssertGood(file, catalog.Operations);
        Assert.True(catalog.Operations.Count > 500);

        await using var made = await MadeBackend.StartAsync(file, new BackendSettingsAuth { Token = new Secret($"{pve.TokenId}={pve.TokenSecret}") }, new BackendSettingsTls { Fingerprint = pve.Fingerprint });
        var nodes = Assert.IsType<Outcome.Done>(await made.CallAsync("list_nodes"));
        var started = Assert.IsType<Outcome.Done>(await made.CallAsync("stop_qemu", """{"node":"pve1","vmid":100}"""));

        Assert.True(nodes.Value.GetArrayLength() > 0);
        Assert.StartsWith("UPID:", started.Value.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_another_gateway_become_ours()
    {
        var (text, notes, count) = ToolMeshImport.Convert(
            Encoding.UTF8.GetBytes("- name: vikunja\n  transport: rest\n  dadl: vikunja.dadl\n  url: \"https://v.example.com/api/v1\"\n  env: { vikunja_api_token: MY_TOKEN }\n  cache: 5m\n- name: shell\n  transport: stdio\n  command: sh\n"), "backends.yaml");

        Assert.Equal(1, count);
        Assert.Contains("\"vikunja_api_token\": \"${env:MY_TOKEN}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("shell", text, StringComparison.Ordinal);
        Assert.Equal(2, notes.Count);
    }

    // Accepted by the strictest check, and with every operation in its place.
    internal static void AssertGood(string file, IReadOnlyList<Operation> operations)
    {
        var load = DadlReader.Read(Encoding.UTF8.GetBytes(file));

        Assert.Empty(load.Problems.Where(static problem => DadlRules.SeverityOf(problem, DadlProfile.Registry) >= DadlSeverity.Error).Select(static problem => $"{problem.Line} {problem.Rule} {problem.Path} {problem.Text}"));
        Assert.Equal(
            operations.Select(static operation => $"{operation.Name} {operation.Method} {WithoutNames(operation.Path)} {operation.Access}"),
            load.Document!.Tools.Select(static tool => $"{tool.Name} {tool.Method} {WithoutNames(tool.Path)} {DadlAccess.Read(tool.Access!)}"));
    }

    // A placeholder is called otherwise where a field has its name.
    private static string WithoutNames(string path) => Regex.Replace(path, @"\{[^}]*\}", "{}", RegexOptions.None, TimeSpan.FromSeconds(1));
}
