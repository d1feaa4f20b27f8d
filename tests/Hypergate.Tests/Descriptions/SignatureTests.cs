using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Tests.Descriptions;

public class SignatureTests
{
    [Fact]
    public void Required_arguments_come_first_and_optional_ones_have_a_question_mark() =>
        Assert.Equal("Do(id, must, body, may?)", Signature.Of(Operation(new RequestBody(Any, true), ("id", true), ("may", false), ("must", true))));

    [Fact]
    public void An_optional_body_comes_last() =>
        Assert.Equal("Do(id, body?)", Signature.Of(Operation(new RequestBody(Any, false), ("id", true))));

    [Fact]
    public void Without_arguments_the_brackets_are_empty() => Assert.Equal("Do()", Signature.Of(Operation(null)));

    private static JsonElement Any => JsonElement.Parse("{}");

    private static Operation Operation(RequestBody? body, params (string Name, bool Required)[] parameters) => new()
    {
        Name = "Do",
        DeclaredName = "Do",
        Domain = "things",
        Title = "Do",
        Method = "POST",
        Path = "/things",
        Access = Access.Write,
        Body = body,
        Parameters = [.. parameters.Select(static parameter => new Parameter
        {
            Name = parameter.Name,
            Place = ParameterPlace.Query,
            Required = parameter.Required,
            Schema = Any,
        })],
    };
}
