using System.Globalization;
using System.Text.Json;
using Hypergate.Backends.PxCloud;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Simulator.PxCloud;
using Hypergate.Simulator.Faults;

namespace Hypergate.Tests.Backends.PxCloud;

/// <summary>What goes over the wire, and what comes back.</summary>
public sealed class PxCloudRequestTests
{
    private static readonly string[] NotOfTheRequest = ["unauthorized", "no_route", "method_not_allowed", "validation_failed", "bad_request"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_fits_the_schema_of_a_tool_makes_a_request_that_fits_the_description(int seed)
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud) with { Deprecated = true, PxCloud = new() { AllowDelete = true, System = true } });
        var arguments = new ArgumentMaker(new Random(seed));
        var operations = gateway.Gateway.Parts.Catalog.Current.Find("pxcloud")!.Operations.Where(static operation => operation.Path is not ("/api/auth/login" or "/api/auth/logout")).ToList();

        foreach (var operation in operations)
        {
            var tool = gateway.Gateway.Tools.Find($"pxcloud_{operation.Name}")!;
            var made = arguments.For(operation);
            Assert.Empty(JsonSchemaCheck.Check(tool.InputSchema, made));

            var result = await gateway.AgreedAsync(new(tool.Name, made.GetRawText()));

            Assert.False(result.IsError && NotOfTheRequest.Any(code => result.Text.Contains($"({code})", StringComparison.Ordinal)), $"{tool.Name} {made}: {result.Text}");
            Assert.DoesNotContain("Nothing was sent. The operation is", result.Text, StringComparison.Ordinal);
        }

        Assert.InRange(operations.Count, 130, 170);
    }

    [Fact]
    public async Task A_list_of_the_query_repeats_its_name()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));

        var rows = await gateway.CallAsync("pxcloud_get_api_vms_by_ids", """{"ids":["prod:prod1:100","lab:pve1:100"]}""");

        Assert.False(rows.IsError, rows.Text);
        Assert.Contains(cloud.Requests.All, static request => request.Target == "/api/vms/by-ids?ids=prod%3Aprod1%3A100&ids=lab%3Apve1%3A100");
    }

    [Fact]
    public async Task A_list_of_two_thousand_machines_stays_within_the_budget_and_is_read_to_its_end()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { Vms = 2_000 });
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        var (ids, cursor, pages) = (new HashSet<string>(StringComparer.Ordinal), "", 0);
        do
        {
            var page = await gateway.CallAsync("pxcloud_get_api_vms", cursor.Length == 0 ? """{"fields":"id,name,status"}""" : $$"""{"fields":"id,name,status","cursor":"{{cursor}}"}""");
            var data = page.Structured!.Value;
            Assert.InRange(page.Text.Length, 100, 40_000);
            Assert.Contains(data.GetProperty("rows")[0].GetProperty("id").GetString()!, page.Text, StringComparison.Ordinal);
            ids.UnionWith(data.GetProperty("rows").EnumerateArray().Select(static row => row.GetProperty("id").GetString()!));
            cursor = data.TryGetProperty("next_cursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString()! : "";
            pages++;
        }
        while (cursor.Length > 0 && pages < 100);

        Assert.True(pages > 1);
        Assert.Equal(cloud.World["vms"].Count, ids.Count);
    }

    [Theory]
    [InlineData("viewer", "pxcloud_get_api_users", "{}", "lacks the privilege Access.Audit", "lacks a right")]
    [InlineData("admin", "pxcloud_get_vm", """{"id":"lab:pve1:9"}""", "There is no virtual machine", "list the objects first")]
    public async Task An_error_says_what_the_platform_said_and_what_to_do(string user, string tool, string arguments, string said, string next)
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud) with { Auth = new() { Username = user, Password = new Secret(cloud.PasswordOf(user)) } });

        var failed = await gateway.CallAsync(tool, arguments);

        Assert.True(failed.IsError);
        Assert.Contains(said, failed.Text, StringComparison.Ordinal);
        Assert.Contains(next, failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_failed_is_not_repeated_and_says_to_look_first()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        cloud.Faults.Add(new Fault { Path = "/api/vms/*/start", Status = 503, Body = """{"code":"unavailable","message":"node away"}""" });
        cloud.Faults.Add(new Fault { Path = "/api/regions", Status = 503, Times = 1, Body = "{}" });

        var write = await gateway.AgreedAsync(new("pxcloud_start_vm", """{"id":"lab:pve1:100"}"""));
        var read = await gateway.CallAsync("pxcloud_get_api_regions");

        Assert.True(write.IsError);
        Assert.Contains("Read the object's state before you repeat the change", write.Text, StringComparison.Ordinal);
        Assert.Equal(1, cloud.Requests.All.Count(static request => request.Target is "/api/vms/lab%3Apve1%3A100/start" or "/api/vms/lab:pve1:100/start"));
        Assert.False(read.IsError, read.Text);
    }

    [Fact]
    public async Task A_read_is_repeated_three_times()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        cloud.Faults.Add(new Fault { Path = "/api/regions", Status = 503, Times = 3, Body = "{}" });
        cloud.Faults.Add(new Fault { Path = "/api/nodes", Status = 503, Times = 4, Body = "{}" });

        Assert.False((await gateway.CallAsync("pxcloud_get_api_regions")).IsError);
        Assert.True((await gateway.CallAsync("pxcloud_get_api_nodes")).IsError);
    }

    [Fact]
    public async Task What_contains_itself_is_known_to_any_depth()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        var tool = gateway.Gateway.Tools.Find("pxcloud_create_folder")!;
        const string Deep = """{"name":"a","children":[{"name":"b","children":[{"name":"c","children":[{"name":"d","children":[]}]}]}]}""";
        const string Wrong = """{"name":"a","children":[{"name":"b","children":[{"name":"c","children":[{"name":5}]}]}]}""";

        var made = await gateway.AgreedAsync(new(tool.Name, Deep));
        var before = cloud.Requests.Count;
        var refused = await gateway.AgreedAsync(new(tool.Name, Wrong));

        Assert.False(made.IsError, made.Text);
        Assert.Contains("children[0].children[0].children[0].name", refused.Text, StringComparison.Ordinal);
        Assert.Equal(before, cloud.Requests.Count);
        Assert.Empty(JsonSchemaCheck.Check(tool.InputSchema, JsonElement.Parse(Deep)));
        Assert.NotEmpty(JsonSchemaCheck.Check(tool.InputSchema, JsonElement.Parse(Wrong)));
    }

    [Fact]
    public async Task A_caller_says_how_long_to_wait_for_a_task()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { TaskScale = 50 });
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));

        var briefly = await gateway.AgreedAsync(new("pxcloud_post_api_vms_id_snapshots", """{"id":"prod:prod1:100","name":"later","wait_seconds":1}"""));
        var notAtAll = await gateway.AgreedAsync(new("pxcloud_post_api_vms_id_snapshots", """{"id":"lab:pve1:100","name":"later","wait_seconds":0}"""));
        var wrong = await gateway.AgreedAsync(new("pxcloud_post_api_vms_id_snapshots", """{"id":"lab:pve1:100","name":"later","wait_seconds":-1}"""));

        Assert.Equal("running", briefly.Structured!.Value.GetProperty("status").GetString());
        Assert.Equal("running", notAtAll.Structured!.Value.GetProperty("status").GetString());
        Assert.Contains("'wait_seconds'", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("wait_seconds", gateway.Gateway.Tools.Find("pxcloud_post_api_vms_id_snapshots")!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_fails_is_a_failure_and_one_that_is_not_awaited_tells_its_id()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        lock (cloud.World.Lock)
        {
            cloud.World.Get("storages", "vc1:datastore1")["used_gb"] = 4_096;
        }

        var failed = await gateway.AgreedAsync(new("pxcloud_post_api_vms_id_backups", """{"id":"vc1:esx1:1001","storage":"datastore1"}"""));
        var started = await gateway.AgreedAsync(new("pxcloud_post_api_vms_id_snapshots", """{"id":"prod:prod1:100","name":"later","wait":false}"""));

        Assert.True(failed.IsError);
        Assert.Contains("No space left", failed.Text, StringComparison.Ordinal);
        Assert.Equal("running", started.Structured!.Value.GetProperty("status").GetString());
        Assert.StartsWith("task-", started.Structured.Value.GetProperty("task").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_signed_is_refused_pinned_and_refused_again_when_it_changes()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { Tls = true });
        var pinned = PxCloudUnderTest.Settings(cloud);
        await using (var unknown = await ContractGateway.StartAsync(pinned with { Tls = new() }))
        {
            var refused = await unknown.CallAsync("check_connection");
            Assert.True(refused.IsError);
            Assert.Contains(cloud.Fingerprint, refused.Text, StringComparison.Ordinal);
        }

        await using (var known = await ContractGateway.StartAsync(pinned))
        {
            Assert.False((await known.CallAsync("check_connection")).IsError);
        }

        cloud.ChangeCertificate();
        await using var changed = await ContractGateway.StartAsync(pinned);
        Assert.True((await changed.CallAsync("check_connection")).IsError);
    }

    [Fact]
    public void What_a_platform_puts_around_a_value_is_taken_off_and_nothing_else()
    {
        Assert.Equal("[1]", PxCloudValue.Unwrap(JsonElement.Parse("""{"data":[1],"total":7,"code":0}""")).Value.GetRawText());
        Assert.Equal(7, PxCloudValue.Unwrap(JsonElement.Parse("""{"data":[1],"total":7}""")).Total);
        Assert.Equal("""{"data":[1],"name":"x"}""", PxCloudValue.Unwrap(JsonElement.Parse("""{"data":[1],"name":"x"}""")).Value.GetRawText());
    }

    /// <summary>Makes arguments that fit the parameters of an operation.</summary>
    private sealed class ArgumentMaker(Random dice)
    {
        private JsonElement _root;
        private int _depth;

        public JsonElement For(Operation operation) => JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var parameter in operation.Parameters.Where(parameter => parameter.Required || dice.Next(2) == 0))
            {
                writer.WritePropertyName(parameter.Name);
                WriteWhole(writer, parameter.Schema);
            }

            if (operation.Body is { } body)
            {
                writer.WritePropertyName("body");
                WriteWhole(writer, body.Schema);
            }

            writer.WriteEndObject();
        });

        private void WriteWhole(Utf8JsonWriter writer, JsonElement schema)
        {
            (_root, _depth) = (schema, 0);
            Write(writer, schema);
        }

        private void Write(Utf8JsonWriter writer, JsonElement schema)
        {
            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
            {
                _depth++;
                Write(writer, _root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]));
                _depth--;
                return;
            }

            if (schema.ValueKind == JsonValueKind.Object && (schema.TryGetProperty("oneOf", out var choices) || schema.TryGetProperty("anyOf", out choices)))
            {
                Write(writer, choices[dice.Next(choices.GetArrayLength())]);
                return;
            }

            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var values))
            {
                values[dice.Next(values.GetArrayLength())].WriteTo(writer);
                return;
            }

            switch (TypeOf(schema))
            {
                case "integer" or "number":
                    writer.WriteNumberValue(dice.NextInt64(Bound(schema, "minimum", 0), Bound(schema, "maximum", 1_000) + 1));
                    break;
                case "boolean":
                    writer.WriteBooleanValue(dice.Next(2) == 0);
                    break;
                case "array":
                    writer.WriteStartArray();
                    for (var i = 0; _depth < 3 && i <= dice.Next(3); i++)
                    {
                        Write(writer, schema.TryGetProperty("items", out var items) ? items : default);
                    }

                    writer.WriteEndArray();
                    break;
                case "object":
                    WriteObject(writer, schema);
                    break;
                case "null":
                    writer.WriteNullValue();
                    break;
                default:
                    writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"v{dice.Next(100_000_000, 999_999_999)}")[..(int)Math.Min(10, Bound(schema, "maxLength", 10))]);
                    break;
            }
        }

        private void WriteObject(Utf8JsonWriter writer, JsonElement schema)
        {
            writer.WriteStartObject();
            string[] required = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(static name => name.GetString()!)] : [];
            foreach (var property in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
            {
                if (required.Contains(property.Name) || dice.Next(2) == 0)
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }
            }

            writer.WriteEndObject();
        }

        private string? TypeOf(JsonElement schema) => schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? null
            : type.ValueKind == JsonValueKind.Array ? type[dice.Next(type.GetArrayLength())].GetString() : type.GetString();

        private static long Bound(JsonElement schema, string word, long otherwise) =>
            schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(word, out var value) ? value.GetInt64() : otherwise;
    }
}
