using System.Text;
using Hypergate.Descriptions;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Model;

namespace Hypergate.Tests.Descriptions.OpenApi;

/// <summary>Small documents, and rules of an invented platform to read them with.</summary>
internal static class Documents
{
    public static DescriptionRules Rules { get; } = new()
    {
        AccessOf = static route => route.Method == "GET" ? Access.Read : Access.Write,
        Excluded = [new ExcludedRoute("*.bin", "is a file")],
        StatisticsRoutes = ["*/series"],
        Switches = ["stream"],
        StandardParameters = new Dictionary<string, StandardParameter>(StringComparer.Ordinal)
        {
            ["id"] = new("Id of the thing.", HasExamples: false),
            ["count"] = new("How many.", """{"type":"integer","minimum":1}"""),
        },
        Lists = new ListRules
        {
            Markers = ["columns"],
            FieldsParameter = "columns",
            Unasked = ["link"],
            Always = "key",
            Fallback = ["key", "label", "state"],
        },
        ExposureProperty = "x-advice",
        MeaninglessTexts = ["Generated "],
        Vocabulary = new Dictionary<string, string>(StringComparer.Ordinal) { ["vm"] = "VM" },
    };

    /// <summary>A document of these paths and components, both as the inside of a JSON object; ' stands for ".</summary>
    public static Description Read(string paths, string components = "", DescriptionRules? rules = null) =>
        OpenApiReader.Read(Json(paths, components), rules ?? Rules);

    public static byte[] Json(string paths, string components = "") => Encoding.UTF8.GetBytes(
        $"{{'openapi':'3.0.0','info':{{'title':'T','version':'1'}},'paths':{{{paths}}},'components':{{{components}}}}}".Replace('\'', '"'));

    /// <summary>The only operation of a document whose path <c>/things/{id}</c> holds this method with this inside.</summary>
    public static Operation One(string inside, string method = "post", string components = "") =>
        Assert.Single(Read(Path(inside, method), components).Operations);

    public static string Path(string inside, string method = "post") =>
        "'/things/{id}':{'parameters':[{'in':'path','name':'id','required':true,'schema':{'type':'string'}}],"
        + $"'{method}':{{'operationId':'ChangeThing'{(inside.Length > 0 ? "," : "")}{inside}}}}}";

    /// <summary>The body's schema after reading, as JSON text.</summary>
    public static string Body(string schema, string components = "") =>
        One(BodyOf(schema), components: components).Body!.Schema.GetRawText();

    public static string BodyOf(string schema) =>
        $"'requestBody':{{'required':true,'content':{{'application/json':{{'schema':{schema}}}}}}}";
}
