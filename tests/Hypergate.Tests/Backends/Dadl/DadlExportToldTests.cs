using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Backends;
using Hypergate.Backends.Dadl.Export;
using Hypergate.Backends.Http;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Backends.Rest;
using Hypergate.Tests.Descriptions.OpenApi;
using Hypergate.Tests.Tools.AllOperations;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>What files leave out that are made of platforms and of documents that real services publish.</summary>
public sealed class DadlExportToldTests
{
    [Theory]
    [InlineData("xen-orchestra")]
    [InlineData("proxmox-ve")]
    public void Of_a_platform_everything_is_said(string name)
    {
        var (kind, operations) = DadlExportComparisonTests.Platform(name);
        var options = new BackendOptions { Name = name, Kind = kind, Credential = new Credential.Token("t"), Http = new BackendHttpOptions { Address = new Uri("https://api.example.com"), Words = kind.Words } };

        var file = DadlExport.Write(options, operations, TimeProvider.System.GetUtcNow());

        Assert.Empty(file.Told);
        Assert.Equal($"{operations.Count} tools", file.Summary);
    }

    [Theory]
    [InlineData("@figma/rest-api-spec@0.43.0", "package/openapi/openapi.yaml", 54, 0)]
    [InlineData("@blockfrost/openapi@0.1.93", "package/openapi.yaml", 128, 0)]
    [InlineData("@directus/specs@15.2.0", "package/dist/openapi.json", 135, 0)]
    [InlineData("@xen-orchestra/rest-api@0.39.0", "package/open-api/spec/swagger.json", 266, 0)]
    [InlineData("@ideal-postcodes/openapi@4.21.0", "package/dist/openapi.json", 20, 3)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/readme.json", 54, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/train-travel.json", 5, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/parameters-style.json", 22, 12)]
    [InlineData("@readme/oas-examples@8.2.2", "package/2.0/json/petstore.json", 18, 2)]
    [InlineData("rclone-openapi@1.75.0", "package/openapi.json", 101, 7)]
    [InlineData("@digdir/dialogporten-schema@1.40.0", "package/swagger.verified.json", 29, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/file-uploads.json", 3, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/parameters-extreme.json", 1, 2)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/parameters-cookies.json", 1, 2)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/form-data.json", 1, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/security-multiple.json", 1, 3)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/schema-additional-properties.json", 1, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/polymorphism.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.0/json/circular-request-bodies.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/2.0/json/schema-circular.json", 0, 0)]
    [InlineData("@readme/oas-examples@8.2.2", "package/3.1/json/schema-encoding-style.json", 1, 0)]
    public async Task Of_a_published_document_the_file_is_good_and_sends_the_same(string package, string entry, int atLeast, int mostLeftOut)
    {
        await using var rest = new RestApi(NpmFile.Read(package, entry));
        var operations = rest.Description.Operations;

        var file = DadlExport.Write(rest.Backend.Options, operations, TimeProvider.System.GetUtcNow());

        var load = DadlReader.Read(Encoding.UTF8.GetBytes(file.Text!));
        Assert.DoesNotContain(load.Problems, static problem => DadlRules.SeverityOf(problem, DadlProfile.Registry) >= DadlSeverity.Error);
        Assert.InRange(file.Tools, atLeast, operations.Count);
        Assert.Equal(operations.Count, file.Tools + file.LeftOut.Count(static left => left.Kind == LeftOutKind.Operation));
        Assert.True(file.LeftOut.Count(static left => left.Kind != LeftOutKind.Part) <= mostLeftOut, string.Join('\n', file.Told));
        await using var made = await DadlApi.StartFileAsync(file.Text!, new DadlWishes { Path = "" }, LoopbackServer.Answering(DadlApi.Json("{}")));
        var differences = new List<string>();
        foreach (var operation in operations)
        {
            if (made.Operations.FirstOrDefault(tool => tool.Name == operation.Name) is { } tool && Arguments(operation, tool) is var (before, after))
            {
                await rest.CallAsync(operation, before);
                var outcome = await made.CallAsync(tool, after);
                var (own, other) = (Text(rest.Server), Text(made.Server));
                differences.AddRange(own.Length > 0 && own == other ? [] : [$"{operation.Name}\n  {own}\n  {(other.Length == 0 ? outcome.ToString() : other)}"]);
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    // What is required, where it is written by the file as it is by the document: plain values, and bodies of JSON.
    private static (JsonElement Before, JsonElement After)? Arguments(Operation operation, Operation tool)
    {
        var before = ExampleArguments.ForAny(operation, optional: false);
        var after = new JsonObject();
        foreach (var (argument, number) in before.EnumerateObject().Select(static (argument, number) => (argument, number)))
        {
            if (argument.Name == "body")
            {
                if (!MediaType.IsJson(operation.Body!.MediaType))
                {
                    return null;
                }

                var isWhole = argument.Value.ValueKind != JsonValueKind.Object || !argument.Value.EnumerateObject().Any() || !argument.Value.EnumerateObject().All(field => IsSayable(field, tool));
                foreach (var field in isWhole ? [KeyValuePair.Create("_body", argument.Value)] : argument.Value.EnumerateObject().Select(static field => KeyValuePair.Create(field.Name, field.Value)))
                {
                    after[field.Key] = JsonNode.Parse(field.Value.GetRawText());
                }

                continue;
            }

            var parameter = operation.Parameters.Single(parameter => parameter.Name == argument.Name);
            if (argument.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return null;
            }

            var name = parameter.Place == ParameterPlace.Path ? tool.Parameters.Where(static one => one.Place == ParameterPlace.Path).ElementAt(number).Name : Wire(parameter);
            after[name] = JsonNode.Parse(argument.Value.GetRawText());
        }

        return (before, JsonSerializer.SerializeToElement(after));
    }

    // Where a field has values of several types, the file has a parameter for those of one, and _body for the others.
    private static bool IsSayable(JsonProperty field, Operation tool) =>
        tool.Parameters.FirstOrDefault(parameter => parameter.Place == ParameterPlace.Body && Wire(parameter) == field.Name) is { } parameter && JsonSchemaCheck.Check(parameter.Schema, field.Value, maxFaults: 1).Count == 0;

    private static string Wire(Parameter parameter) => parameter.Wire?.Name ?? parameter.Name;

    // The last request since the one before.
    private static string Text(LoopbackServer server)
    {
        var text = server.Requests.LastOrDefault() is { } request ? $"{request.Method} {request.Target} {request.Header("Content-Type")} {(request.Body.Length > 0 ? JsonLists.Write(writer => CanonicalJson.Write(writer, JsonElement.Parse(request.Body))).GetRawText() : "")}" : "";
        server.Requests.Clear();
        return text;
    }
}
