package import Bytes
package import Contracts
package import ItemPool

extension Recipe {
  /// The recipes inside the program, by name.
  package static let builtIn: [String: String] = [
    builtInNames[0]: String(decoding: PackageResources.course_yaml, as: UTF8.self),
    builtInNames[1]: String(decoding: PackageResources.pricer_yaml, as: UTF8.self),
  ]

  /// The built-in recipe with a name, or else the recipe in a file.
  ///
  /// Errors: `noInput` if there is neither, `badRecipe` with file and line if it is invalid.
  package init(nameOrPath: String) throws {
    if let text = Self.builtIn[nameOrPath] {
      self = try RecipeReader(text, origin: "recipe '\(nameOrPath)'").recipe()
      return
    }
    guard fileExists(nameOrPath) else {
      let names = Self.builtIn.keys.sorted()
      throw CurationError(
        .noInput,
        "no recipe is named '\(nameOrPath)', and no such file exists; the recipes are "
          + names.joined(separator: ", ") + nearest(nameOrPath, in: names))
    }
    let file = try InputFile(path: nameOrPath)
    guard let bytes = try file.contents(upTo: Recipe.sizeLimit) else {
      throw CurationError(.badRecipe, "\(nameOrPath): too large for a recipe")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CurationError(.badRecipe, "\(nameOrPath): not UTF-8 text")
    }
    self = try RecipeReader(text, origin: nameOrPath).recipe()
  }

  /// - Parameter faultCode: the error code if it is invalid, which differs for a pool's recipe.
  package init(text: String, origin: String, faultCode: CurationError.Code = .badRecipe) throws {
    self = try RecipeReader(text, origin: origin, faultCode: faultCode).recipe()
  }
}

extension PoolReader {
  /// The recipe that the pool was made with. Errors: `badData`.
  package func recipe() throws -> Recipe {
    try Recipe(text: recipeText(), origin: "\(path): the recipe", faultCode: .badData)
  }
}
