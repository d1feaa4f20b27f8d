using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hypergate.Tests.Scripting;

/// <summary>Where two other engines for jq agree on a result, ours gives the same. Needs both, as Debian's packages jq and gojq bring them.</summary>
[Collection(SandboxWorkers.Name)]
public sealed class JqAgreementTests(TestSandbox sandbox, ITestOutputHelper output)
{
    private const string Rows = """[{"id":1,"name":"Web-01","tags":["a","b"],"on":true,"size":"12"},{"id":2,"name":"db","tags":[],"on":false,"size":null}]""";

    private static readonly string[] Programs =
    [
        "map(.id)", ".[] | .name", ".[0].name", ".[-1].id", ".[:1]", ".[1:]", "map(select(.on))", "map(.name | ascii_downcase)", "map({id, n: .name})", "map({(.name): .id}) | add",
        "map(.size // \"none\")", "map(.tags | length)", "map(.tags[]?)", "map(.missing?)", "length", "type", "map(type)", "first", "map(.id) | add", "map(.id) | max", "sort_by(.name)", "group_by(.on)",
        "map(to_entries | length)", "map(with_entries(select(.key == \"id\")))", "map(has(\"size\"))", "map(.name | test(\"web\"; \"i\"))", "map(.name | gsub(\"[0-9]+\"; \"#\"))", "map(.name | sub(\"-\"; \"_\"))",
        "map(.name | split(\"-\"))", "map(.tags | join(\",\"))", "map(.size | tonumber? // 0)", "map(.id | tostring)", "map(.name | ltrimstr(\"Web\"))", "map(.name | startswith(\"W\"))", "map(if .on then \"yes\" elif .id > 1 then \"no\" else \"?\" end)",
        "map(. as $x | {a: $x.id, b: ($x.tags | length)})", "def f: .id * 2; map(f)", "def f($p): . + $p; map(.id | f(10))", "map(del(.tags, .size))", "map(.id = 5)", "map(.[\"name\"])", "map(.on and .id == 1)", "map(.on or false)", "map(.on | not)",
        "walk(if type == \"object\" then del(.tags) else . end)", "[.[] | .id, .name]", "map(.name[:3])", "map(select(.name | IN(\"db\", \"x\")))", "0 | todate", "map(.id) | index(2)", "unique_by(.on)", "map(.id) | @json", "to_entries | map(.key)", "[paths] | length",
        "map(.tags) | flatten", "map(keys)", "[limit(1; .[].id)]", "reduce .[] as $x (0; . + $x.id)", "map(.id | . % 2)", "\"\\(.[0].name)!\"", "error(\"no\")", ".a", "map(.name | explode | implode)",
    ];

    [Fact]
    public async Task What_two_others_agree_on_is_what_we_give()
    {
        Assert.SkipUnless(await IsThereAsync("jq") && await IsThereAsync("gojq"), "jq or gojq is not installed");
        var cases = Programs.Select(static program => (program, Rows)).Concat(RegistryCases()).ToList();
        var (agreed, differences) = (0, new List<string>());
        foreach (var (program, input) in cases)
        {
            var (one, two) = (await OtherAsync("jq", program, input), await OtherAsync("gojq", program, input));
            if (one is null || two is null || !Same(one, two))
            {
                continue;
            }

            agreed++;
            var own = await sandbox.Sandbox.Transform(program, Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);
            if (own.Error is not null || !Same(one, [.. own.Outputs.Select(static text => JsonElement.Parse(text.Span))]))
            {
                differences.Add($"{program} on {input}: {own.Error ?? string.Join(' ', own.Outputs.Select(static text => Encoding.UTF8.GetString(text.Span)))} and not {string.Join(' ', one)}");
            }
        }

        output.WriteLine($"{agreed} of {cases.Count} agreed");
        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(10)));
        Assert.True(agreed >= 70, $"only {agreed} of {cases.Count} could be compared");
    }

    // The programs of published files, on objects and lists that have every member that a program names.
    private static IEnumerable<(string Program, string Input)> RegistryCases()
    {
        var programs = JsonDocument.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "dadl-code", "programs.json"))).RootElement.EnumerateArray()
            .Select(static entry => entry.GetProperty("program").GetString()!).Distinct(StringComparer.Ordinal);
        foreach (var program in programs)
        {
            var names = Regex.Matches(program, @"\.(?<name>[A-Za-z_]\w*)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(static match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
            var plain = new JsonObject(names.Select(static (name, index) => new KeyValuePair<string, JsonNode?>(name, index % 3 == 0 ? index : $"{name} {index}")));
            var nested = new JsonObject(names.Select(name => new KeyValuePair<string, JsonNode?>(name, new JsonArray(plain.DeepClone()))));
            foreach (var input in new JsonNode[] { plain, new JsonArray(plain.DeepClone(), plain.DeepClone()), nested })
            {
                yield return (program, input.ToJsonString());
            }
        }
    }

    private static bool Same(IReadOnlyList<JsonElement> one, IReadOnlyList<JsonElement> two) => one.Count == two.Count && one.Zip(two).All(static pair => JsonElement.DeepEquals(pair.First, pair.Second));

    private static async Task<bool> IsThereAsync(string program)
    {
        try
        {
            return await OtherAsync(program, ".", "1") is [_];
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Null where it fails.</summary>
    private static async Task<IReadOnlyList<JsonElement>?> OtherAsync(string engine, string program, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(engine) { ArgumentList = { "-c", "\n" + program }, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It refused the program and did not read on.
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await wrong;
        return process.ExitCode == 0 ? [.. (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))] : null;
    }
}
