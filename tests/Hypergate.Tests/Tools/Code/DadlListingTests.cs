using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Backends.Dadl;
using Hypergate.Tools;

namespace Hypergate.Tests.Tools.Code;

/// <summary>What the author of a description says of a tool is in the listing: hints always, examples where few tools are shown.</summary>
public sealed class DadlListingTests
{
    private const string File = """
          hints:
            list_vms: { filter_syntax: "power_state:Running */ tags:prod", fields_param: compact }
          examples:
            - { name: "Running VMs", description: "d", code: "const vms = await api.list_vms({ filter: 'x' });\nreturn vms.length" }
            - { name: "Another", description: "d", code: "return await api.get_vm({ id: 1 })" }
          tools:
            list_vms: { method: GET, path: /vms, access: read, description: Lists VMs., params: { filter: { type: string, in: query } } }
            get_vm: { method: GET, path: "/vms/{id}", access: read, description: One VM., params: { id: { type: string, in: path, required: true } } }

        """;

    [Fact]
    public async Task Hints_and_an_example_stand_with_the_tool_and_end_no_comment()
    {
        await using var api = await DadlApi.StartAsync(File, new DadlWishes { Surfaces = [Surface.Code] });

        var text = await ListAsync(api, """{"names":["list_vms"]}""");

        Assert.Contains("  /** Lists VMs. [read]\n   *  filter_syntax: power_state:Running *\\/ tags:prod\n   *  fields_param: compact */\n  list_vms(args?: { filter?: string })", text, StringComparison.Ordinal);
        Assert.Contains("// Example: Running VMs\n//   const vms = await api.list_vms({ filter: 'x' });\n//   return vms.length\n// 1 matched, 1 shown", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Another", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deprecated: true, replaced_by: get_vm", "deprecated: use get_vm")]
    [InlineData("deprecated: \"Use GET /vms/{id} from now on\"", "deprecated: use get_vm")]
    [InlineData("deprecated: \"superseded by get_vm\"", "deprecated: use get_vm")]
    [InlineData("deprecated: \"use the other one, get_vms is none\"", "deprecated")]
    public async Task What_is_deprecated_names_what_to_use(string words, string told)
    {
        var file = File.Replace("description: Lists VMs.,", $"description: Lists VMs., {words},", StringComparison.Ordinal);
        await using var api = await DadlApi.StartAsync(file, new DadlWishes { Surfaces = [Surface.Code] });

        Assert.Contains($"[read] {told}\n", await ListAsync(api, """{"names":["list_vms"]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_tells_what_the_backend_is()
    {
        await using var api = await DadlApi.StartAsync(File, new DadlWishes { Surfaces = [Surface.Code] });

        Assert.StartsWith("// api: REST API\n// Small\n2 read; such as api.list_vms", await ListAsync(api, "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_that_a_file_describes_is_called_by_its_own_name_and_words()
    {
        await using var api = await DadlApi.StartAsync(File, new DadlWishes { Surfaces = [Surface.Code] });

        var tool = api.Gateway.Tools.Current.Single(static one => one.Name == "execute_code");
        var backends = (await CallAsync(api, "execute_code", CodeGateway.Code("return hypergate.backends"))).Structured!.Value;

        Assert.Contains("\napi: Small\n", tool.Description, StringComparison.Ordinal);
        Assert.Equal("Small", backends.GetProperty("result")[0].GetProperty("title").GetString());
        Assert.Contains("}\ndeclare const api: { api: Api };\n", await ListAsync(api, """{"pattern":"vm"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_of_a_listing_runs_as_it_stands()
    {
        await using var api = await DadlApi.StartAsync(File, new DadlWishes { Surfaces = [Surface.Code] }, DadlApi.Json("[1,2,3]"));
        var example = api.Find("list_vms").Rules!.Examples[0];

        var answer = (await CallAsync(api, "execute_code", CodeGateway.Code(example.Code))).Structured!.Value;

        Assert.Equal("3", answer.Result);
    }

    private static async Task<string> ListAsync(DadlApi api, string arguments) => (await CallAsync(api, "list_tools", arguments)).Text;

    private static Task<ToolResult> CallAsync(DadlApi api, string tool, string arguments) =>
        api.Gateway.Tools.Current.Single(one => one.Name == tool).Run(new ToolRequest(Caller.LocalUser, JsonElement.Parse(arguments), Conversation.Silent), TestContext.Current.CancellationToken);
}
