using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Backends;
using Hypergate.Backends.Dadl.Export;
using Hypergate.Backends.Http;
using Hypergate.Backends.Proxmox;
using Hypergate.Backends.XenOrchestra;
using Hypergate.Descriptions.Dadl;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Descriptions.ProxmoxApi;
using Hypergate.Model;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.XenOrchestra.Description;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Every operation of a platform sends the same by its own kind and by the file that is made of it.</summary>
public sealed class DadlExportComparisonTests
{
    [Theory]
    [InlineData("xen-orchestra")]
    [InlineData("proxmox-ve")]
    public async Task Every_operation_sends_the_same_by_the_file(string name)
    {
        var (kind, operations) = Platform(name);
        await using var server = LoopbackServer.Answering(DadlApi.Json("{}"));
        var options = new BackendOptions
        {
            Name = "native",
            Kind = kind with { CacheLag = TimeSpan.Zero, Jobs = null, Empty = null, Switch = null },
            Credential = new Credential.Token("the-token"),
            Http = new BackendHttpOptions { Address = server.Address, Words = kind.Words },
        };
        using var native = new Backend(options, TimeProvider.System);
        var file = DadlExport.Write(options, operations, TimeProvider.System.GetUtcNow()).Text!;
        Assert.DoesNotContain(DadlReader.Read(Encoding.UTF8.GetBytes(file)).Problems, static problem => DadlRules.SeverityOf(problem, DadlProfile.Registry) >= DadlSeverity.Error);
        await using var made = await DadlApi.StartFileAsync(file, new DadlWishes { Path = kind.ApiPath, Settings = static settings => settings with { AllowUploads = true } }, LoopbackServer.Answering(DadlApi.Json("{}")));
        var differences = new List<string>();
        foreach (var operation in operations.Where(static operation => operation.Body is null or { MediaType: RequestBody.Json or "application/x-www-form-urlencoded" }))
        {
            var (one, two) = Arguments(operation, made.Find(operation.Name));
            await native.InvokeAsync(new Call { Backend = "native", Operation = operation, Caller = Caller.LocalUser, Arguments = one }, TestContext.Current.CancellationToken);
            var outcome = await made.CallAsync(made.Find(operation.Name), two);
            var (own, other) = (Text(server), Text(made.Server));
            if (own != other)
            {
                differences.Add($"{operation.Name}\n  {own}\n  {(other.Length == 0 ? outcome.ToString() : other)}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {operations.Count}:\n{string.Join("\n", differences.Take(15))}");
    }

    internal static (BackendKind Kind, IReadOnlyList<Operation> Operations) Platform(string name) => name == "xen-orchestra"
        ? (XenOrchestraKind.Kind, OpenApiReader.Read(Encoding.UTF8.GetBytes(XoDescription.Document.ToJsonString()), XenOrchestraDescription.Rules).Operations)
        : (ProxmoxKind.Kind, ProxmoxApiReader.Read(ApiDoc.Bytes, ProxmoxDescription.Rules).Operations);

    // The last request since the one before, without what is no part of the call.
    private static string Text(LoopbackServer server)
    {
        var text = server.Requests.LastOrDefault() is { } request ? $"{request.Method} {WithoutSwitch(request.Target)} {request.Header("Cookie")}{request.Header("Authorization")} {Body(request)}" : "";
        server.Requests.Clear();
        return text;
    }

    // A form with lists goes as JSON by the file, which says the same.
    private static string Body(RawRequest request) => request.Header("Content-Type") switch
    {
        RequestBody.Json when JsonNode.Parse(request.Body) is JsonObject fields => string.Join('&', fields.SelectMany(static field =>
            field.Value is JsonArray list && list.All(static item => item is JsonValue) ? list.Select(item => (field.Key, Value: item!.ToString())) : [(field.Key, field.Value!.ToJsonString().Trim('"'))]).Select(static pair => $"{pair.Key}={pair.Item2}")),
        "application/x-www-form-urlencoded" => Uri.UnescapeDataString(request.Body),
        _ => request.Body,
    };

    // How the gateway itself reads lists, and nothing that is asked.
    private static string WithoutSwitch(string target) =>
        target.Replace("?ndjson=true&", "?", StringComparison.Ordinal).Replace("?ndjson=true", "", StringComparison.Ordinal);

    // The same wishes in the words of both: lists that the platform wants joined are one text in the file.
    private static (JsonElement Native, JsonElement Made) Arguments(Operation operation, Operation made)
    {
        var (one, two, body) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Place is ParameterPlace.Path or ParameterPlace.Query))
        {
            Put(one, two, parameter.Name, parameter.Schema, made);
        }

        foreach (var field in operation.Body is { } known ? SchemaFields.Of(known.Schema) : [])
        {
            Put(body, two, field.Name, field.Schema, made);
        }

        if (body.Count > 0)
        {
            one["body"] = body;
        }

        return (JsonSerializer.SerializeToElement(one), JsonSerializer.SerializeToElement(two));
    }

    private static void Put(JsonObject native, JsonObject made, string name, JsonElement schema, Operation file)
    {
        var value = Value(schema);
        if (file.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Schema.GetProperty("type").GetString() is not { } type || (type == "string" && value is JsonObject))
        {
            return;
        }

        native[name] = value.DeepClone();
        made[name] = (type, value) switch
        {
            ("string", JsonArray list) => string.Join(',', list.Select(static item => item!.ToString())),
            ("integer", JsonValue flag) when flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False => flag.GetValue<bool>() ? 1 : 0,
            _ => value,
        };
    }

    private static JsonNode Value(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var values))
        {
            return JsonNode.Parse(values[0].GetRawText()) ?? "x";
        }

        if (new[] { "anyOf", "oneOf" }.Any(word => schema.TryGetProperty(word, out var several) && several.EnumerateArray().Any(static one => one.TryGetProperty("type", out var type) && type.ValueEquals("string"))))
        {
            return "x1";
        }

        return ExportTypes.Of(schema) switch
        {
            "integer" => 7,
            "number" => 1.5,
            "boolean" => true,
            "array" => new JsonArray("a", "b"),
            "object" => new JsonObject { ["k"] = "v" },
            _ => "x1",
        };
    }
}
