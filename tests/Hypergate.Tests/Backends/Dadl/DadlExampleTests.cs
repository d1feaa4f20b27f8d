using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Descriptions.Dadl;
using Hypergate.Tests.Tools.Code;
using Hypergate.Tools;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>The examples of published files, word for word, as scripts of a gateway that serves the file: every name that they use is found.</summary>
public sealed class DadlExampleTests
{
    private static readonly JsonElement Examples = JsonElement.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "dadl-code", "examples.json")));

    private static readonly string[] Placeholders = ["accountId", "zoneId"];

    public static TheoryData<string> Files => [.. Examples.EnumerateArray().Select(static example => example.GetProperty("from").GetString()!).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_example_of_a_file_runs_as_it_stands(string file)
    {
        var wishes = new DadlWishes { Surfaces = [Surface.Code], Auth = new BackendSettingsAuth { Token = new Secret("t"), Username = "u", Password = new Secret("p") } };
        await using var api = await DadlApi.StartFileAsync(await File.ReadAllTextAsync(DadlFiles.Path(Path.GetFileNameWithoutExtension(file)), TestContext.Current.CancellationToken), wishes, LoopbackServer.Answering(DadlApi.Json("{}")));
        var tool = api.Gateway.Tools.Find("execute_code")!;
        foreach (var example in Examples.EnumerateArray().Where(example => example.GetProperty("from").GetString() == file))
        {
            var result = await tool.Run(
                new ToolRequest(Caller.LocalUser, JsonElement.Parse(CodeGateway.Code(example.GetProperty("code").GetString()!)), Conversation.Silent), TestContext.Current.CancellationToken);

            // What it makes of an answer that says nothing is its own affair: that its names mean something is not.
            var answer = result.Structured!.Value;
            Assert.False(answer.ErrorCode is "unknown_operation" or "ambiguous_name" or "syntax_error", $"{example.GetProperty("name")}: {result.Text}");

            // Some leave the id of an account or a zone for the reader to fill in, before their first call.
            Assert.True(answer.Count("calls") > 0 || Placeholders.Any(name => result.Text.Contains($"ReferenceError: {name} is not defined", StringComparison.Ordinal)), $"{example.GetProperty("name")}: {result.Text}");
        }
    }
}
