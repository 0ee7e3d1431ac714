// The headings of columns that tell a list of orders, payments, messages or visits from a list of customers.

/** Words that begin columns of a list of orders, payments or events, and none of a list of customers. */
const ofRecords =
  /^(?:order|invoice|transaction|line ?item|item|product|sku|quantity|qty|unit price|price|amount|payment|receipt|sale|event|timestamp)\b/;

/** Words of columns beside an e-mail address that may as well be those of a message, a visit or a payment. */
const ofMaybeRecords =
  /^(?:campaign|click(?:s|ed)?|open(?:s|ed)?|bounced?|sent|delivered|subject|url|page|session|subtotal|total(?! (?:spen[dt]|orders|purchases|visits)\b)|paid|ticket|tax|currency|refund|coupon|discount|status|type|action|time|date(?! (?:of birth|added|joined|created|registered)))\b/;

/** The former in German, French, Spanish, Italian, Dutch and Polish. */
const ofRecordsAbroad = beginningWith([
  "bestellung|bestell ?(?:nummer|nr|datum|wert|status)|auftrag|auftrags ?(?:nummer|nr|datum)|rechnung|rechnungs ?(?:nummer|nr|datum|betrag)",
  "artikel|artikel ?(?:nummer|nr)|produkt|preis|einzelpreis|betrag|gesamtbetrag|zahlung|transaktion",
  "(?:num[ée]ro de |n[°º] (?:de )?)?(?:commande|facture)|date de (?:commande|facture)|article|produit|prix|montant|paiement",
  "(?:n[úu]mero de |n[°º] (?:de )?)?(?:pedido|factura)|fecha de(?:l)? (?:pedido|factura)|art[íi]culo|producto|precio|importe|monto|pago|transacci[óo]n",
  "(?:numero |numero d['’]|n[°º] )?(?:ordine|fattura)|data (?:ordine|fattura)|articolo|prodotto|prezzo|importo|pagamento|transazione",
  "bestelling|bestel ?(?:nummer|nr|datum)|order ?(?:nummer|nr|datum)|factuur|factuur ?(?:nummer|nr|datum)|prijs|bedrag|betaling|transactie",
  "(?:numer |nr |data )?(?:zam[óo]wieni[ea]|faktur[ay])|towar|cena|kwota|p[łl]atno[śs][ćc]|transakcja",
  "(?:menge|anzahl|quantité|cantidad|quantità|aantal|hoeveelheid|ilość)$",
]);

/** The latter in these languages. */
const ofMaybeRecordsAbroad = beginningWith([
  "datum|zeit|uhrzeit|zeitpunkt|betreff|seite|währung|steuer|mwst|rabatt|gutschein|gesamt|gesamtsumme|summe|bezahlt|typ|aktion|kampagne|gesendet|geöffnet|geklickt",
  "heure|payée?|billet|objet|sujet|devise|taxe|tva|remise|statut|campagne|envoyé|ouvert|cliqué",
  "fecha|hora|pagado|entrada|asunto|página|moneda|divisa|impuesto|iva|descuento|cupón|estado|tipo|acción|campaña|enviado|abierto",
  "data|ora|totale|pagato|biglietto|oggetto|pagina|valuta|imposta|sconto|stato|azione|inviato|aperto",
  "tijd|totaal|betaald|kaartje|onderwerp|btw|korting|actie|verzonden|geopend",
  "godzina|czas|suma|razem|opłacone|zapłacone|zapłacono|bilet|temat|strona|waluta|podatek|vat|akcja|kampania|wysłano|otwarto",
]);

function beginningWith(words: readonly string[]): RegExp {
  return new RegExp(`^(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "u");
}

/** True of a column of a list of orders, payments or events. */
export function isOfRecord(words: string): boolean {
  return ofRecords.test(words) || ofRecordsAbroad.test(words);
}

/** True of a column that, beside nothing but an e-mail address, may as well be one of a message, a visit or a payment. */
export function mayBeOfRecord(words: string): boolean {
  return ofMaybeRecords.test(words) || ofMaybeRecordsAbroad.test(words);
}
