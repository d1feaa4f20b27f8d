using Hypergate.Backends.Rest;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.Rest;

public class RestDescriptionTests
{
    private const string Shop = """
        openapi: 3.0.3
        info: { title: Shop, version: 1.2.0 }
        paths:
          /orders:
            get: { operationId: listOrders, tags: [orders], parameters: [{ name: page_size, in: query, schema: { type: integer } }, { name: debug, in: query, schema: { type: boolean } }], responses: { '200': { description: ok } } }
            post: { operationId: createOrder, tags: [orders], requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }, responses: {} }
          /orders/{id}: { delete: { operationId: deleteOrder, tags: [orders], responses: {} } }
          /orders/search: { post: { operationId: searchOrders, tags: [orders, Internal Tools], responses: {} } }
          /users/{id}/password: { put: { operationId: setPassword, tags: [users], responses: {} } }
        components:
          schemas:
            Order:
              allOf:
                - $ref: '#/components/schemas/Base'
                - type: object
                  properties: { parent: { $ref: '#/components/schemas/Order' }, kind: { oneOf: [{ type: string }, { type: integer }] }, note: { type: string, nullable: true } }
            Base: { type: object, required: [id], properties: { id: { type: string } } }
        """;

    [Fact]
    public async Task Classes_are_rather_too_high_than_too_low()
    {
        await using var api = RestApi.Of(Shop);

        Assert.Equal(
            "listOrders Read, createOrder Write, deleteOrder Dangerous, searchOrders Write, setPassword Admin",
            string.Join(", ", api.Description.Operations.Select(static operation => $"{operation.Name} {operation.Access}")));
    }

    [Fact]
    public async Task Schemas_that_contain_themselves_refer_to_a_definition_and_all_of_and_nullable_are_understood()
    {
        await using var api = RestApi.Of(Shop);

        var body = api.Find("createOrder").Body!.Schema;
        var properties = body.GetProperty("properties");

        Assert.Equal("string", properties.GetProperty("id").GetProperty("type").GetString());
        Assert.Equal("""["string","null"]""", properties.GetProperty("note").GetProperty("type").GetRawText());
        Assert.Equal(2, properties.GetProperty("kind").GetProperty("oneOf").GetArrayLength());
        Assert.Equal("""{"$ref":"#/$defs/Order"}""", properties.GetProperty("parent").GetRawText());
        Assert.Equal("""{"$ref":"#/$defs/Order"}""", body.GetProperty("$defs").GetProperty("Order").GetProperty("properties").GetProperty("parent").GetRawText());
        Assert.False(body.TryGetProperty("additionalProperties", out _));
    }

    [Theory]
    [InlineData("tag:orders", null, "listOrders createOrder deleteOrder searchOrders")]
    [InlineData("tag:orders method:GET", null, "listOrders")]
    [InlineData("tag:internal tools", null, "searchOrders")]
    [InlineData("path:/users/*", null, "setPassword")]
    [InlineData("operation:*Order", null, "createOrder deleteOrder")]
    [InlineData(null, "tag:orders", "setPassword")]
    [InlineData("tag:orders", "method:POST", "listOrders deleteOrder")]
    public async Task Operations_are_chosen_by_tag_path_method_and_name(string? include, string? exclude, string names)
    {
        await using var api = RestApi.Of(Shop, rest => rest with { Include = include is null ? null : [include], Exclude = exclude is null ? [] : [exclude] });

        Assert.Equal(names, string.Join(' ', api.Description.Operations.Select(static operation => operation.Name)));
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("tags:orders")]
    [InlineData("tag:")]
    [InlineData("")]
    public void A_selector_that_means_nothing_is_an_error(string text) => Assert.NotNull(OperationSelector.Problem(text));

    [Fact]
    public async Task An_overlay_corrects_names_texts_access_and_parameters()
    {
        await using var api = RestApi.Of(Shop, overlay: """
            operations:
              searchOrders: { access: read, title: Search orders, description: Finds orders. }
              GET /orders:
                name: orders_list
                parameters: { page_size: { name: limit, description: How many., required: true, schema: { type: integer, maximum: 50 } }, debug: { hidden: true } }
              setPassword: { hidden: true }
              createOrdr: { access: read }
            """);

        var search = api.Find("searchOrders");
        var list = api.Find("orders_list");

        Assert.Equal((Access.Read, "Search orders", "Finds orders."), (search.Access, search.Title, search.Description));
        Assert.False(search.Changes);
        var limit = Assert.Single(list.Parameters);
        Assert.Equal(("limit", true, "How many."), (limit.Name, limit.Required, limit.Description));
        Assert.Equal("/orders?page_size=5", (await api.RequestAsync("orders_list", """{"limit":5}""")).Target);
        Assert.DoesNotContain(api.Description.Operations, static operation => operation.Name == "setPassword");
        Assert.Contains("The overlay names createOrdr, which fits no operation. Did you mean createOrder?", api.Description.Warnings);
    }

    [Theory]
    [InlineData("operations: { listOrders: { acess: read } }", "did you mean access?")]
    [InlineData("operations: { listOrders: { access: harmless } }", "read, write, admin or dangerous")]
    [InlineData("paths: {}", "must hold operations")]
    [InlineData("operations: [a]", "must hold operations")]
    [InlineData("operations: {a: {", "neither JSON nor valid YAML")]
    public void A_wrong_overlay_is_an_error_that_says_where(string overlay, string problem) =>
        Assert.Contains(problem, Assert.Throws<DescriptionException>(() => RestApi.Of(Shop, overlay: overlay)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("just text")]
    [InlineData("[1, 2]")]
    [InlineData("swagger: '2.0'")]
    [InlineData("openapi: 3.0.0\npaths: 7")]
    [InlineData("a: &x [*x]")]
    public void What_is_no_document_is_an_error_and_not_a_crash(string document) =>
        Assert.Throws<DescriptionException>(() => RestApi.Of(document));

    [Fact]
    public void Yaml_aliases_cannot_make_a_document_endless()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 12).Select(static level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));

        Assert.Throws<DescriptionException>(() => RestApi.Of(bomb));
    }
}
